WITH held AS (SELECT DISTINCT body, work, role FROM _duties WHERE item = 'task' AND body IS NOT NULL),
summed AS (
  SELECT
    body, count(DISTINCT role) AS roles,
    count(*) FILTER (role = 'lead') AS lead, count(*) FILTER (role = 'responsible') AS responsible,
    count(*) FILTER (role = 'support') AS support, count(*) FILTER (role = 'implement') AS implement
  FROM held
  GROUP BY body
)
SELECT b.label AS body, roles, lead, responsible, support, implement
FROM summed
JOIN _bodies AS b USING (body)
WHERE roles >= $minimum
ORDER BY roles DESC, lead DESC, b.label, b.body
