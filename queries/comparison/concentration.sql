WITH counted AS (
  SELECT document, body, count(*) AS number
  FROM _duties
  WHERE item = 'task' AND body IS NOT NULL
  GROUP BY document, body
),
summed AS (
  SELECT document, count(*) AS bodies, CAST(sum(number) AS BIGINT) AS duties, max(number) AS most, CAST(sum(number * number) AS BIGINT) AS squares
  FROM counted
  GROUP BY document
)
SELECT
  d.title AS document, bodies, duties, most,
  CAST((2000 * most + duties) // (2 * duties) / 1000 AS DECIMAL(18, 3)) AS top_share,
  CAST((20000 * squares + duties * duties) // (2 * duties * duties) / 10000 AS DECIMAL(18, 4)) AS hhi
FROM summed
JOIN _documents AS d USING (document)
ORDER BY hhi DESC, d.title, d.document
