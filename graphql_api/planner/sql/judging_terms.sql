SELECT r.person, r.organization, r.title, r.number,
    row_number() OVER (PARTITION BY r.person, r.organization, r.title, r.run ORDER BY r.number) AS served
FROM (
    SELECT n.*, n.number - row_number() OVER (PARTITION BY n.person, n.organization, n.title ORDER BY n.number) AS run
    FROM (
        SELECT DISTINCT coalesce(x.canonical, a.person) AS person, p.organization, p.title, t.number
        FROM {appointment} AS a
        JOIN {post} AS p ON p.id = a.post AND coalesce(p.valid @> {as_of}, false)
        JOIN {term} AS t ON t.id = a.term AND coalesce(t.valid @> {as_of}, false)
        LEFT JOIN {person_alias} AS x ON x.alias = a.person
        WHERE coalesce(a.valid @> {as_of}, false)
    ) AS n
) AS r
