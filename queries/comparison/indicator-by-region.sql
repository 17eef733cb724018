WITH shared AS (
  SELECT i.label
  FROM _indicators AS i
  JOIN _documents AS d USING (document)
  WHERE d.region IS NOT NULL AND ($indicator IS NULL OR i.label = $indicator)
  GROUP BY i.label
  HAVING count(DISTINCT d.region) > 1
)
SELECT
  i.label AS indicator_name, i.unit, v.period, v.kind, r.label AS region, v.comparator, v.value, v.text
FROM shared
JOIN _indicators AS i USING (label)
JOIN _documents AS d USING (document)
JOIN _regions AS r USING (region)
JOIN _indicator_values AS v USING (indicator)
WHERE r.label IS NOT NULL
ORDER BY i.label, i.unit, v.period, v.kind, r.label, d.document, v.figure
