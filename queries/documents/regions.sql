SELECT
  r.code, r.label AS region, k.level AS level_name, above.label AS above, coalesce(f.documents, 0) AS documents,
  coalesce(f.tasks, 0) AS tasks, coalesce(b.bodies, 0) AS bodies
FROM _regions AS r
JOIN _region_ranks AS k USING (region)
LEFT JOIN _regions AS above ON above.region = k.parent
LEFT JOIN (
  SELECT d.region, count(DISTINCT d.document) AS documents, count(t.task) AS tasks
  FROM _documents AS d
  LEFT JOIN _tasks AS t USING (document)
  GROUP BY d.region
) AS f ON f.region = r.region
LEFT JOIN (
  SELECT region_code, count(*) AS bodies
  FROM (SELECT DISTINCT id, kind, region_code FROM organizations)
  GROUP BY region_code
) AS b ON b.region_code = r.code
ORDER BY r.code
