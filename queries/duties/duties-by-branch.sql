WITH counted AS (
  SELECT body, count(*) AS duties, count(*) FILTER (role = 'lead') AS lead
  FROM _duties
  WHERE item = 'task' AND body IS NOT NULL
  GROUP BY body
),
paths AS (
  SELECT body, br.region, x.branch, count(*) AS ways
  FROM _body_regions AS br
  JOIN _body_functions AS bf USING (body)
  JOIN _branches AS x USING (function)
  GROUP BY body, br.region, x.branch
),
summed AS (
  SELECT
    region, branch, count(*) AS bodies, CAST(sum(duties) AS BIGINT) AS duties, CAST(sum(lead * ways) AS BIGINT) AS lead
  FROM counted
  JOIN paths USING (body)
  GROUP BY region, branch
)
SELECT r.label AS region, branch, f.name, bodies, duties, lead
FROM summed
JOIN _functions AS f ON f.function = branch
JOIN _regions AS r USING (region)
WHERE r.label IS NOT NULL
ORDER BY r.label, r.region, duties DESC, branch
