WITH belonging (person) AS (
    SELECT e.person FROM {employment} AS e
    WHERE e.employer IN (SELECT p.id FROM {within} AS p) AND (e.valid @> {today}) IS TRUE
  UNION
    SELECT a.person FROM {appointment} AS a
    JOIN {post} AS o ON o.id = a.post AND o.valid @> {today}
    WHERE o.organization IN (SELECT p.id FROM {within} AS p) AND (a.valid @> {today}) IS TRUE AND NOT a.ended
  UNION
    SELECT m.member FROM {membership} AS m
    WHERE m.organization IN (SELECT p.id FROM {within} AS p) AND (m.valid @> {today}) IS TRUE
        AND m.status <> 'ENDED'
  UNION
    SELECT f.person FROM {affiliation} AS f
    WHERE f.branch IN (SELECT p.id FROM {within} AS p) AND (f.valid @> {today}) IS TRUE
        AND f.end_reason IS NULL
), standing (id) AS (
    SELECT DISTINCT coalesce(a.canonical, b.person)
    FROM belonging AS b LEFT JOIN {person_alias} AS a ON a.alias = b.person
)
SELECT s.id FROM standing AS s
UNION
SELECT a.alias FROM standing AS s JOIN {person_alias} AS a ON a.canonical = s.id
