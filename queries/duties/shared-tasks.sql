WITH held AS (SELECT DISTINCT work, body FROM _duties WHERE item = 'task' AND body IS NOT NULL),
paired AS (
  SELECT a.body AS a, b.body AS b, count(*) AS tasks
  FROM held AS a
  JOIN held AS b ON a.work = b.work AND a.body < b.body
  GROUP BY a.body, b.body
  HAVING count(*) >= $minimum
)
SELECT one.label AS one, other.label AS other, tasks
FROM paired
JOIN _bodies AS one ON one.body = a
JOIN _bodies AS other ON other.body = b
ORDER BY tasks DESC, one.label, other.label, a, b
