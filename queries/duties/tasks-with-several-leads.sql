WITH leads AS (SELECT DISTINCT work, body FROM _duties WHERE item = 'task' AND role = 'lead' AND body IS NOT NULL),
several AS (SELECT work, count(*) AS leads FROM leads GROUP BY work HAVING count(*) > 1)
SELECT d.title AS document, t.number, t.label AS task, several.leads, b.label AS lead
FROM several
JOIN leads USING (work)
JOIN _tasks AS t ON t.task = work
JOIN _documents AS d ON d.document = t.document
JOIN _bodies AS b ON b.body = leads.body
ORDER BY several.leads DESC, d.title, d.document, t."order", b.label
