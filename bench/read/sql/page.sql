-- believed: organization, membership, person, appointment, post
-- The first 100 members of the organization $3. What an organization once was called is read as believed; people's
-- names only as believed now, as the registry shows them.
WITH RECURSIVE page AS MATERIALIZED (
    SELECT m.id, m.member, m.member_class, m.organization, lower(m.valid) AS since
    FROM membership AS m
    WHERE m.organization = $3::uuid AND (m.valid @> $1::date) IS TRUE
    ORDER BY lower(m.valid), m.id
    LIMIT 100
)
SELECT json_build_object('data', json_build_object('memberships', json_build_object('nodes', coalesce(json_agg(
    json_build_object(
        'id', p.id,
        'memberClass', p.member_class,
        'memberName', (
            SELECT n.name FROM person_private AS n WHERE n.person = p.member AND (n.valid @> $1::date) IS TRUE
        ),
        'organization', (
            SELECT json_build_object('id', o.id, 'name', o.name, 'code', o.code)
            FROM organization AS o WHERE o.id = p.organization AND (o.valid @> $1::date) IS TRUE
        ),
        'memberPerson', (
            SELECT json_build_object('id', h.id, 'appointments', (
                SELECT coalesce(json_agg(json_build_object(
                    'id', a.id,
                    'mode', a.mode,
                    'post', (
                        SELECT json_build_object('title', s.title, 'organization', (
                            SELECT json_build_object('id', o.id, 'name', o.name)
                            FROM organization AS o WHERE o.id = s.organization AND (o.valid @> $1::date) IS TRUE
                        ))
                        FROM post AS s WHERE s.id = a.post AND (s.valid @> $1::date) IS TRUE
                    )
                ) ORDER BY a.made_on, a.id), '[]')
                FROM appointment AS a
                WHERE a.person = p.member AND (a.valid @> $1::date) IS TRUE
            ))
            FROM person AS h WHERE h.id = p.member AND (h.valid @> $1::date) IS TRUE
        )
    ) ORDER BY p.since, p.id
), '[]'))))::text
FROM page AS p
