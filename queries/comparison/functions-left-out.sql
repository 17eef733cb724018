WITH known AS (
  SELECT DISTINCT bf.function
  FROM _duties AS u
  JOIN _body_functions AS bf USING (body)
  WHERE u.item = 'task'
),
places AS (SELECT DISTINCT d.region FROM _tasks AS t JOIN _documents AS d USING (document) WHERE d.region IS NOT NULL),
present AS (
  SELECT DISTINCT d.region, bf.function
  FROM _duties AS u
  JOIN _documents AS d USING (document)
  JOIN _body_functions AS bf USING (body)
  WHERE u.item = 'task'
)
SELECT r.label AS region, k.function, f.name
FROM known AS k
JOIN _functions AS f USING (function)
CROSS JOIN places AS p
JOIN _regions AS r USING (region)
ANTI JOIN present AS x ON x.region = p.region AND x.function = k.function
WHERE r.label IS NOT NULL
ORDER BY r.label, r.region, k.function
