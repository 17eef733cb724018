WITH summed AS (
  SELECT
    bf.function, br.region,
    count(*) FILTER (role = 'lead') AS lead, count(*) FILTER (role = 'responsible') AS responsible,
    count(*) FILTER (role = 'support') AS support, count(*) FILTER (role = 'implement') AS implement
  FROM _duties
  JOIN _body_functions AS bf USING (body)
  JOIN _body_regions AS br USING (body)
  WHERE item = 'task' AND ($function IS NULL OR bf.function = $function)
  GROUP BY bf.function, br.region
)
SELECT function AS function_name, r.label AS region, lead, responsible, support, implement
FROM summed
JOIN _regions AS r USING (region)
WHERE r.label IS NOT NULL
ORDER BY function, r.label, r.region
