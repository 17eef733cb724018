WITH summed AS (
  SELECT
    body,
    count(*) FILTER (role = 'lead') AS lead, count(*) FILTER (role = 'responsible') AS responsible,
    count(*) FILTER (role = 'support') AS support, count(*) FILTER (role = 'implement') AS implement,
    count(*) AS duties, count(DISTINCT work) AS tasks
  FROM _duties
  WHERE item = 'task' AND body IS NOT NULL
  GROUP BY body
)
SELECT b.label AS body, r.label AS region_name, lead, responsible, support, implement, duties, tasks
FROM summed
JOIN _bodies AS b USING (body)
LEFT JOIN _body_regions AS br USING (body)
LEFT JOIN _regions AS r USING (region)
LEFT JOIN _body_functions AS bf USING (body)
WHERE ($region IS NULL OR r.code = $region) AND ($function IS NULL OR bf.function = $function)
ORDER BY duties DESC, b.label, b.body
