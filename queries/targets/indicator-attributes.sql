WITH answered AS (SELECT DISTINCT work AS indicator FROM _duties WHERE item = 'indicator'),
targets AS (SELECT indicator, count(*) AS targets FROM _indicator_values WHERE kind = 'target' GROUP BY indicator),
summed AS (
  SELECT
    document, CASE attribute_name WHEN '约束性' THEN 'binding' WHEN '预期性' THEN 'expected' END AS attribute,
    count(*) AS indicators, count(a.indicator) AS with_body, CAST(coalesce(sum(targets), 0) AS BIGINT) AS targets
  FROM _indicators
  LEFT JOIN answered AS a USING (indicator)
  LEFT JOIN targets USING (indicator)
  GROUP BY document, attribute
)
SELECT d.title AS document, attribute AS attribute_name, indicators, with_body, targets
FROM summed
JOIN _documents AS d USING (document)
ORDER BY d.title, d.document, attribute
