WITH held AS (SELECT DISTINCT body, work, role FROM _duties WHERE item = 'task' AND body IS NOT NULL),
summed AS (
  SELECT
    body, count(DISTINCT role) AS roles,
    sum(CAST(role = 'lead' AS INTEGER)) AS lead, sum(CAST(role = 'responsible' AS INTEGER)) AS responsible,
    sum(CAST(role = 'support' AS INTEGER)) AS support, sum(CAST(role = 'implement' AS INTEGER)) AS implement
  FROM held
  GROUP BY body
)
SELECT b.label AS body, roles, lead, responsible, support, implement
FROM summed
JOIN _bodies AS b USING (body)
WHERE roles >= $minimum
ORDER BY roles DESC, lead DESC, b.label, b.body
