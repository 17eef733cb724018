WITH held AS (SELECT DISTINCT work, body FROM _duties WHERE item = 'task' AND body IS NOT NULL),
joint AS (
  SELECT a.body, a.work, b.body AS other
  FROM held AS a
  JOIN held AS b ON a.work = b.work AND a.body <> b.body
),
summed AS (
  SELECT body, count(DISTINCT work) AS tasks, count(DISTINCT other) AS partners, count(*) AS shared
  FROM joint
  GROUP BY body
)
SELECT b.label AS body, tasks, partners, CAST((200 * shared + partners) // (2 * partners) / 100 AS DECIMAL(18, 2)) AS depth
FROM summed
JOIN _bodies AS b USING (body)
WHERE partners >= $minimum
ORDER BY partners DESC, depth DESC, b.label, b.body
