WITH summed AS (
  SELECT
    document, list, start_year, end_year, place, count(*) AS projects,
    coalesce(sum(investment_wan), 0) AS investment_wan, coalesce(sum(central_wan), 0) AS central_wan
  FROM _projects
  GROUP BY document, list, start_year, end_year, place
)
SELECT
  r.label AS region, list, start_year, end_year, place, projects, investment_wan, central_wan,
  CASE WHEN investment_wan > 0 AND central_wan > 0
    THEN CAST(floor(1000 * CAST(central_wan AS DOUBLE) / CAST(investment_wan AS DOUBLE) + 0.5) / 10 AS DECIMAL(18, 1))
  END AS central_percent
FROM summed
JOIN _documents AS d USING (document)
LEFT JOIN _regions AS r USING (region)
ORDER BY r.label, d.document, start_year, end_year, list, place
