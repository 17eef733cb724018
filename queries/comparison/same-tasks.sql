WITH shared AS (
  SELECT t.title
  FROM _tasks AS t
  JOIN _documents AS d USING (document)
  WHERE t.title IS NOT NULL AND d.region IS NOT NULL
  GROUP BY t.title
  HAVING count(DISTINCT d.region) > 1
)
SELECT t.title, r.label AS region, u.role AS role_name, bf.function, b.label AS body
FROM shared
JOIN _tasks AS t USING (title)
JOIN _documents AS d USING (document)
JOIN _regions AS r USING (region)
JOIN _duties AS u ON u.item = 'task' AND u.work = t.task
JOIN _bodies AS b ON b.body = u.body
LEFT JOIN _body_functions AS bf ON bf.body = u.body
WHERE r.label IS NOT NULL
ORDER BY t.title, r.label, r.region, t.task, u.role, bf.function, b.label, u.duty
