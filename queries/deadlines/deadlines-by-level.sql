SELECT
  k.level AS level_name, x."precision" AS precision_name, x.year, count(*) AS deadlines, count(DISTINCT x.task) AS tasks,
  min(x.earliest) AS first, max(x.latest) AS last
FROM _deadlines AS x
JOIN _tasks AS t USING (task)
JOIN _documents AS d USING (document)
JOIN (SELECT DISTINCT region, level FROM _region_ranks) AS k USING (region)
WHERE $level IS NULL OR k.level = $level
GROUP BY k.level, x."precision", x.year
ORDER BY level_name, precision_name, x.year
