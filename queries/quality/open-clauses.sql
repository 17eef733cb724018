SELECT r.label AS region_name, d.title AS document, t.number, t.label AS task, count(DISTINCT u.body) AS bodies
FROM _tasks AS t
JOIN _documents AS d USING (document)
LEFT JOIN _regions AS r USING (region)
LEFT JOIN _duties AS u ON u.item = 'task' AND u.work = t.task
WHERE t.open AND ($region IS NULL OR r.code = $region)
GROUP BY r.label, d.document, d.title, t.task, t."order", t.number, t.label
ORDER BY d.title, d.document, t."order"
