WITH leads AS (SELECT DISTINCT work, body FROM _duties WHERE item = 'task' AND role = 'lead' AND body IS NOT NULL),
supports AS (SELECT DISTINCT work, body FROM _duties WHERE item = 'task' AND role = 'support' AND body IS NOT NULL),
paired AS (
  SELECT a.body AS leader, b.body AS helper, count(*) AS tasks
  FROM leads AS a
  JOIN supports AS b USING (work)
  GROUP BY leader, helper
)
SELECT a.label AS lead, b.label AS support, tasks
FROM paired
JOIN _bodies AS a ON a.body = leader
JOIN _bodies AS b ON b.body = helper
ORDER BY tasks DESC, a.label, b.label, leader, helper
