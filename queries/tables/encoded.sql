-- The graph by row numbers: what the twins (.sql beside .rq) read. Rows are numbered by id, so that numbers sort as the
-- IRIs of the graph do. Names, numbers of acts and other forms are settled as the register of the graph is (kg/graph/register.py):
-- the longest form stands, the first of equally long ones. No public interface: the tables without _ are that.

CREATE TABLE _regions AS
SELECT CAST(row_number() OVER (ORDER BY code) AS INTEGER) AS region, code, label
FROM (
  SELECT code, arg_min(name, (-length(name), name)) AS label
  FROM (
    SELECT region_code AS code, name FROM regions
    UNION ALL SELECT region_code, NULL FROM documents
    UNION ALL SELECT region_code, NULL FROM organizations
    UNION ALL SELECT parent_code, NULL FROM regions
  )
  WHERE code IS NOT NULL
  GROUP BY code
)
ORDER BY region;

CREATE TABLE _region_ranks AS
SELECT DISTINCT own.region, level, parent.region AS parent
FROM regions
JOIN _regions AS own ON own.code = regions.region_code
LEFT JOIN (SELECT region, code FROM _regions) AS parent ON parent.code = regions.parent_code
ORDER BY ALL;

CREATE TABLE _documents AS
SELECT
  CAST(row_number() OVER (ORDER BY document) AS INTEGER) AS document, document AS id, title, number, kind,
  _regions.region, date_issued
FROM documents
LEFT JOIN _regions ON code = region_code
ORDER BY document;

CREATE TABLE _bodies AS
SELECT CAST(row_number() OVER (ORDER BY id) AS INTEGER) AS body, id, label, collective
FROM (
  SELECT id, arg_min(organization, (-length(organization), organization)) AS label, bool_or(kind = 'collective') AS collective
  FROM organizations
  GROUP BY id
)
ORDER BY body;

CREATE TABLE _body_functions AS
SELECT DISTINCT body, function
FROM organizations JOIN _bodies USING (id)
WHERE function IS NOT NULL
ORDER BY ALL;

CREATE TABLE _body_regions AS
SELECT DISTINCT body, region
FROM organizations JOIN _bodies USING (id) JOIN _regions ON code = region_code
ORDER BY ALL;

CREATE TABLE _body_kinds AS
SELECT DISTINCT body, kind, region
FROM organizations JOIN _bodies USING (id) JOIN _regions ON code = region_code
ORDER BY ALL;

CREATE TABLE _tasks AS
SELECT
  CAST(row_number() OVER (ORDER BY task) AS INTEGER) AS task, d.document, t."order", t.number, t.title,
  coalesce(nullif(t.title, ''), t.number) AS label, t.open
FROM tasks AS t
JOIN _documents AS d ON d.id = t.document
ORDER BY task;

CREATE TABLE _indicators AS
SELECT
  CAST(row_number() OVER (ORDER BY indicator) AS INTEGER) AS indicator, d.document, i."order", i.no AS number, i.name AS label,
  i.unit, i."group" AS heading, i.attribute AS attribute_name
FROM indicators AS i
JOIN _documents AS d ON d.id = i.document
ORDER BY indicator;

CREATE TABLE _projects AS
SELECT
  CAST(row_number() OVER (ORDER BY project) AS INTEGER) AS project, d.document, p."order", p.name AS label, p.list,
  p.start_year, p.end_year, p.place, p.investment_wan, p.central_wan
FROM projects AS p
JOIN _documents AS d ON d.id = p.document
ORDER BY project;

CREATE TABLE _duties AS
SELECT
  CAST(row_number() OVER (ORDER BY duty, item) AS INTEGER) AS duty, item, d.document, work, body, role, basis, department AS written
FROM (
  SELECT duty, 'task' AS item, u.document, _tasks_by.number AS work, organization_id, role, basis, department
  FROM duties AS u
  JOIN (SELECT task, row_number() OVER (ORDER BY task) AS number FROM tasks) AS _tasks_by USING (task)
  UNION ALL
  SELECT duty, 'indicator', u.document, numbered.number, organization_id, role, basis, department
  FROM indicator_departments AS u
  JOIN (SELECT indicator, row_number() OVER (ORDER BY indicator) AS number FROM indicators) AS numbered USING (indicator)
  UNION ALL
  SELECT duty, 'project', u.document, numbered.number, organization_id, role, basis, department
  FROM project_departments AS u
  JOIN (SELECT project, row_number() OVER (ORDER BY project) AS number FROM projects) AS numbered USING (project)
) AS u
JOIN _documents AS d ON d.id = u.document
LEFT JOIN _bodies AS b ON b.id = organization_id
ORDER BY duty;

CREATE TABLE _deadlines AS
SELECT
  CAST(row_number() OVER (ORDER BY deadline) AS INTEGER) AS deadline, numbered.number AS task, "when", year, earliest, latest,
  "precision", recurrence
FROM deadlines
JOIN (SELECT task, CAST(row_number() OVER (ORDER BY task) AS INTEGER) AS number FROM tasks) AS numbered USING (task)
ORDER BY deadline;

CREATE TABLE _indicator_values AS
SELECT
  CAST(row_number() OVER (ORDER BY indicator_value) AS INTEGER) AS figure, numbered.number AS indicator, kind, period, year,
  comparator, value, text
FROM indicator_values
JOIN (SELECT indicator, CAST(row_number() OVER (ORDER BY indicator) AS INTEGER) AS number FROM indicators) AS numbered USING (indicator)
ORDER BY figure;

CREATE TABLE _commitments AS
SELECT CAST(row_number() OVER (ORDER BY commitment) AS INTEGER) AS commitment, d.document, comparator, year
FROM commitments AS c
JOIN _documents AS d ON d.id = c.document
ORDER BY commitment;

CREATE TABLE _acts AS
SELECT CAST(row_number() OVER (ORDER BY act) AS INTEGER) AS act, act AS id, label, number
FROM (
  SELECT
    act, arg_min(title, (-length(title), title)) AS label,
    arg_min(number, (-length(number), number)) FILTER (number IS NOT NULL) AS number
  FROM citations
  GROUP BY act
)
ORDER BY act;

CREATE TABLE _citations AS
SELECT d.document, a.act, relation
FROM citations AS c
JOIN _documents AS d ON d.id = c.document
JOIN _acts AS a ON a.id = c.act
ORDER BY d.document, citation;
