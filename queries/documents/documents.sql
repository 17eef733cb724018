SELECT
  d.title AS document, d.number, d.kind, r.label AS region, d.date_issued AS issued, coalesce(t.parts, 0) AS tasks,
  coalesce(i.parts, 0) AS indicators, coalesce(p.parts, 0) AS projects, coalesce(c.parts, 0) AS commitments,
  coalesce(k.parts, 0) AS citations
FROM _documents AS d
LEFT JOIN _regions AS r USING (region)
LEFT JOIN (SELECT document, count(*) AS parts FROM _tasks GROUP BY document) AS t USING (document)
LEFT JOIN (SELECT document, count(*) AS parts FROM _indicators GROUP BY document) AS i USING (document)
LEFT JOIN (SELECT document, count(*) AS parts FROM _projects GROUP BY document) AS p USING (document)
LEFT JOIN (SELECT document, count(*) AS parts FROM _commitments GROUP BY document) AS c USING (document)
LEFT JOIN (SELECT document, count(*) AS parts FROM _citations GROUP BY document) AS k USING (document)
ORDER BY d.date_issued, d.title, d.document
