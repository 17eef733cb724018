WITH summed AS (
  SELECT
    document, heading, count(*) AS indicators, count(*) FILTER (attribute_name = '约束性') AS binding,
    count(*) FILTER (attribute_name = '预期性') AS expected
  FROM _indicators
  GROUP BY document, heading
)
SELECT d.title AS document, heading, indicators, binding, expected
FROM summed
JOIN _documents AS d USING (document)
ORDER BY d.title, d.document, heading
