SELECT coalesce(x.canonical, a.person) AS person, p.organization, p.title, p.name AS post_name, p.elected,
    a.term, a.mode, a.basis, a.professional, a.representing, a.made_on, d.day
FROM (
    SELECT o.id, coalesce(t.opened_on, {as_of}) AS day
    FROM {organization} AS o
    LEFT JOIN {term} AS t ON t.body = o.id AND coalesce(t.valid @> {as_of}, false) AND NOT t.ended
    WHERE coalesce(o.valid @> {as_of}, false)
) AS d
JOIN {post} AS p ON p.organization = d.id AND coalesce(p.valid @> d.day, false)
JOIN {appointment} AS a ON a.post = p.id AND coalesce(a.valid @> d.day, false) AND NOT a.ended
LEFT JOIN {person_alias} AS x ON x.alias = a.person
