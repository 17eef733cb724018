WITH held AS (SELECT document, count(*) AS tasks FROM _tasks GROUP BY document),
found AS (
  SELECT region, count(*) AS documents, CAST(coalesce(sum(tasks), 0) AS BIGINT) AS tasks
  FROM _documents
  LEFT JOIN held USING (document)
  GROUP BY region
),
named AS (SELECT region, count(*) AS bodies FROM _body_kinds GROUP BY region)
SELECT
  r.code, r.label AS region, k.level AS level_name, above.label AS above, coalesce(f.documents, 0) AS documents,
  coalesce(f.tasks, 0) AS tasks, coalesce(b.bodies, 0) AS bodies
FROM _regions AS r
JOIN _region_ranks AS k USING (region)
LEFT JOIN _regions AS above ON above.region = k.parent
LEFT JOIN found AS f ON f.region = r.region
LEFT JOIN named AS b ON b.region = r.region
ORDER BY r.code
