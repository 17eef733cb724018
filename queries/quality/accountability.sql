WITH duties AS (SELECT work, count(*) AS duties FROM _duties WHERE item = 'task' GROUP BY work),
leads AS (SELECT work, count(DISTINCT body) AS leads FROM _duties WHERE item = 'task' AND role = 'lead' GROUP BY work),
summed AS (
  SELECT
    document, count(*) AS tasks, count(*) FILTER (duties IS NULL) AS no_body,
    count(*) FILTER (duties > 0 AND coalesce(leads, 0) = 0) AS no_lead, count(*) FILTER (leads = 1) AS one_lead,
    count(*) FILTER (leads > 1) AS several_leads
  FROM _tasks
  LEFT JOIN duties ON duties.work = task
  LEFT JOIN leads ON leads.work = task
  GROUP BY document
)
SELECT r.label AS region, d.title AS document, tasks, no_body, no_lead, one_lead, several_leads
FROM summed
JOIN _documents AS d USING (document)
LEFT JOIN _regions AS r USING (region)
ORDER BY r.label, d.title, d.document
