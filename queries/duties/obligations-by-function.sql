WITH bodies AS (
  SELECT b.body, bf.function
  FROM _bodies AS b
  JOIN _body_functions AS bf USING (body)
  WHERE NOT b.collective
    AND ($region IS NULL OR EXISTS (FROM _body_regions AS br JOIN _regions AS r USING (region) WHERE br.body = b.body AND r.code = $region))
),
summed AS (
  SELECT
    function,
    count(*) FILTER (role = 'lead') AS lead, count(*) FILTER (role = 'responsible') AS responsible,
    count(*) FILTER (role = 'support') AS support, count(*) FILTER (role = 'implement') AS implement,
    count(*) AS duties, count(DISTINCT work) AS tasks
  FROM _duties
  JOIN bodies USING (body)
  WHERE item = 'task'
  GROUP BY function
)
SELECT function, name, lead, responsible, support, implement, duties, tasks
FROM summed
JOIN _functions USING (function)
ORDER BY duties DESC, function
