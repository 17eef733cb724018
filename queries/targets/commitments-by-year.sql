SELECT
  year, count(*) FILTER (comparator = '>=') AS at_least, count(*) FILTER (comparator = '<=') AS at_most,
  count(*) FILTER (comparator = '=') AS exactly, count(*) AS promises, count(DISTINCT document) AS documents
FROM _commitments
GROUP BY year
ORDER BY year
