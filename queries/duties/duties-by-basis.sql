WITH summed AS (
  SELECT
    document, basis, count(*) FILTER (item = 'task') AS tasks, count(*) FILTER (item = 'indicator') AS indicators,
    count(*) FILTER (item = 'project') AS projects, count(*) AS duties
  FROM _duties
  GROUP BY document, basis
)
SELECT d.title AS document, basis AS basis_name, tasks, indicators, projects, duties
FROM summed
JOIN _documents AS d USING (document)
ORDER BY d.title, d.document, duties DESC, basis
