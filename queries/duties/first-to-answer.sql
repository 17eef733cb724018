WITH held AS (SELECT DISTINCT work, role, body FROM _duties WHERE item = 'task' AND role IN ('lead', 'responsible') AND body IS NOT NULL),
first AS (
  SELECT work, role, body FROM held WHERE role = 'lead'
  UNION ALL
  SELECT work, role, body FROM held WHERE role = 'responsible' AND work NOT IN (SELECT work FROM held WHERE role = 'lead')
)
SELECT r.label AS region_name, d.title AS document, t.number, t.label AS task, first.role AS role_name, b.label AS body
FROM first
JOIN _tasks AS t ON t.task = first.work
JOIN _documents AS d ON d.document = t.document
JOIN _bodies AS b ON b.body = first.body
LEFT JOIN _regions AS r ON r.region = d.region
WHERE $region IS NULL OR r.code = $region
ORDER BY d.title, d.document, t."order", b.label, b.body
