WITH summed AS (
  SELECT
    br.region, x.branch, count(DISTINCT u.body) AS bodies, count(DISTINCT u.duty) AS duties,
    count(*) FILTER (role = 'lead') AS lead
  FROM _duties AS u
  JOIN _body_regions AS br USING (body)
  JOIN _body_functions AS bf USING (body)
  JOIN _branches AS x USING (function)
  WHERE u.item = 'task'
  GROUP BY br.region, x.branch
)
SELECT r.label AS region, branch, f.name, bodies, duties, lead
FROM summed
JOIN _functions AS f ON f.function = branch
JOIN _regions AS r USING (region)
WHERE r.label IS NOT NULL
ORDER BY r.label, r.region, duties DESC, branch
