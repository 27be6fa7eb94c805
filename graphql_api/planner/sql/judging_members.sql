SELECT coalesce(x.canonical, m.member) AS person, m.organization, m.member_class, m.status, {as_of} AS day
FROM {membership} AS m
LEFT JOIN {person_alias} AS x ON x.alias = m.member
WHERE coalesce(m.valid @> {as_of}, false) AND m.status IN ('ADMITTED', 'SUSPENDED')
