WITH counted AS (
  SELECT
    act, count(DISTINCT document) FILTER (relation = 'basis') AS basis, count(DISTINCT document) FILTER (relation = 'mention') AS mention
  FROM _citations
  GROUP BY act
)
SELECT a.label AS act, a.number, basis, mention
FROM counted
JOIN _acts AS a USING (act)
ORDER BY basis DESC, mention DESC, a.label, a.number, a.act
