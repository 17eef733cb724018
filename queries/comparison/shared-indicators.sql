WITH summed AS (
  SELECT i.label, i.unit, v.year, count(DISTINCT d.region) AS regions, min(v.value) AS lowest, max(v.value) AS highest
  FROM _indicators AS i
  JOIN _documents AS d USING (document)
  JOIN _indicator_values AS v USING (indicator)
  WHERE d.region IS NOT NULL AND v.kind = 'target' AND v.year IS NOT NULL AND v.value IS NOT NULL
  GROUP BY i.label, i.unit, v.year
)
SELECT label AS indicator, unit, year AS target_year, regions, lowest, highest, highest - lowest AS gap
FROM summed
WHERE regions > 1 AND ($year IS NULL OR year = $year)
ORDER BY regions DESC, label, unit, year
