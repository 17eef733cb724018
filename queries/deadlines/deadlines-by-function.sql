WITH due AS (SELECT DISTINCT task, year FROM _deadlines WHERE year IS NOT NULL),
held AS (
  SELECT DISTINCT u.work AS task, bf.function
  FROM _duties AS u
  JOIN _body_functions AS bf USING (body)
  WHERE u.item = 'task' AND ($role IS NULL OR u.role = $role) AND ($function IS NULL OR bf.function = $function)
),
summed AS (SELECT function, year, count(*) AS tasks FROM due JOIN held USING (task) GROUP BY function, year)
SELECT function AS function_name, name, year, tasks
FROM summed
JOIN _functions USING (function)
ORDER BY function, year
