WITH named AS (SELECT body, count(DISTINCT written) AS names FROM _duties WHERE body IS NOT NULL GROUP BY body),
written AS (
  SELECT body, written, count(*) AS duties, count(DISTINCT document) AS documents
  FROM _duties
  WHERE body IS NOT NULL
  GROUP BY body, written
)
SELECT b.label AS body, names, written AS name, duties, documents
FROM written
JOIN named USING (body)
JOIN _bodies AS b USING (body)
WHERE names >= $minimum
ORDER BY names DESC, b.label, b.body, duties DESC, written
