-- People of whom nothing has been so for some years: no tie to anything of the register, or no life.
WITH record (id, main) AS (
    SELECT p.person, coalesce(a.canonical, p.person)
    FROM (SELECT DISTINCT person FROM person_private) AS p
    LEFT JOIN person_alias AS a ON a.alias = p.person
), relation_of (person, entity) AS (
    SELECT member, id FROM membership
    UNION SELECT person, id FROM appointment
    UNION SELECT person, id FROM secondment
    UNION SELECT person, id FROM affiliation
    UNION SELECT person, id FROM participation
    UNION SELECT scientist, id FROM liaison
    UNION SELECT cadre, id FROM liaison
), tie (person, ends) AS (
    SELECT r.person, upper(l.valid) FROM relation_of AS r JOIN life AS l ON l.id = r.entity
    UNION ALL
    SELECT e.person, upper(e.valid) FROM employment AS e WHERE e.employer IS NOT NULL
), known (main, died, tied_until, begun) AS (
    SELECT
        r.main,
        min(upper(l.valid)),
        max(CASE WHEN t.person IS NOT NULL THEN coalesce(t.ends, 'infinity'::date) END),
        min(lower(l.valid))
    FROM record AS r
    JOIN life AS l ON l.id = r.id
    LEFT JOIN tie AS t ON t.person = r.id
    GROUP BY r.main
), ended AS (
    SELECT
        k.main,
        CASE WHEN k.died IS NOT NULL THEN 'DECEASED' ELSE 'NO_TIES' END AS reason,
        coalesce(k.died, k.tied_until, k.begun) AS since
    FROM known AS k
)
SELECT e.main AS person, e.reason, e.since
FROM ended AS e
WHERE e.since <= ($1::date - make_interval(years => $2))::date
ORDER BY e.since, e.main
