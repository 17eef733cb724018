WITH counted AS (
  SELECT t.document, t.task, count(DISTINCT u.duty) AS duties, count(DISTINCT u.body) FILTER (u.role = 'lead') AS leads
  FROM _tasks AS t
  LEFT JOIN _duties AS u ON u.item = 'task' AND u.work = t.task
  GROUP BY t.document, t.task
),
summed AS (
  SELECT
    document, count(*) AS tasks, count(*) FILTER (duties = 0) AS no_body, count(*) FILTER (duties > 0 AND leads = 0) AS no_lead,
    count(*) FILTER (leads = 1) AS one_lead, count(*) FILTER (leads > 1) AS several_leads
  FROM counted
  GROUP BY document
)
SELECT r.label AS region, d.title AS document, tasks, no_body, no_lead, one_lead, several_leads
FROM summed
JOIN _documents AS d USING (document)
LEFT JOIN _regions AS r USING (region)
ORDER BY r.label, d.title, d.document
