SELECT
  k.level AS level_name, x."precision" AS precision_name, x.year, count(DISTINCT x.deadline) AS deadlines,
  count(DISTINCT x.task) AS tasks, min(x.earliest) AS first, max(x.latest) AS last
FROM _deadlines AS x
JOIN _tasks AS t USING (task)
JOIN _documents AS d USING (document)
JOIN _region_ranks AS k USING (region)
WHERE $level IS NULL OR k.level = $level
GROUP BY k.level, x."precision", x.year
ORDER BY level_name, precision_name, x.year
