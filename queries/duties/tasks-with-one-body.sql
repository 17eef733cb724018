WITH single AS (
  SELECT work
  FROM _duties
  WHERE item = 'task' AND body IS NOT NULL
  GROUP BY work
  HAVING count(DISTINCT body) = 1
)
SELECT r.label AS region_name, d.title AS document, t.number, t.label AS task, u.role AS role_name, b.label AS body
FROM single
JOIN _tasks AS t ON t.task = single.work AND NOT t.open
JOIN _duties AS u ON u.item = 'task' AND u.work = t.task
JOIN _bodies AS b ON b.body = u.body
JOIN _documents AS d ON d.document = t.document
LEFT JOIN _regions AS r ON r.region = d.region
WHERE $region IS NULL OR r.code = $region
ORDER BY d.title, d.document, t."order", u.role, u.duty
