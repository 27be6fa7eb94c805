SELECT coalesce(x.canonical, a.person) AS person, p.organization, p.title, p.name AS post_name, p.elected,
    a.term, a.mode, a.basis, a.professional, a.representing, a.made_on, {day} AS day
FROM {appointment} AS a
JOIN {post} AS p ON p.id = a.post AND coalesce(p.valid @> {as_of}, false)
LEFT JOIN {person_alias} AS x ON x.alias = a.person
WHERE coalesce(a.valid @> {as_of}, false) AND NOT a.ended
