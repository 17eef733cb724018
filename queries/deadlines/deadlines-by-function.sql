WITH summed AS (
  SELECT bf.function, x.year, count(DISTINCT x.task) AS tasks
  FROM _deadlines AS x
  JOIN _duties AS u ON u.item = 'task' AND u.work = x.task
  JOIN _body_functions AS bf USING (body)
  WHERE x.year IS NOT NULL AND ($role IS NULL OR u.role = $role) AND ($function IS NULL OR bf.function = $function)
  GROUP BY bf.function, x.year
)
SELECT function AS function_name, name, year, tasks
FROM summed
JOIN _functions USING (function)
ORDER BY function, year
