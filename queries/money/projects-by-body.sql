WITH held AS (
  SELECT DISTINCT work, body, role
  FROM _duties
  WHERE item = 'project' AND body IS NOT NULL AND ($role IS NULL OR role = $role)
)
SELECT
  b.label AS body, role AS role_name, count(*) AS projects, coalesce(sum(p.investment_wan), 0) AS investment_wan,
  coalesce(sum(p.central_wan), 0) AS central_wan
FROM held
JOIN _projects AS p ON p.project = work
JOIN _bodies AS b ON b.body = held.body
GROUP BY b.body, b.label, role
ORDER BY investment_wan DESC, projects DESC, b.label, b.body, role
