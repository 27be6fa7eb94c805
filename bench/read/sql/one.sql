-- believed: organization, identifier, relation, post, appointment
-- The organization with the code $3, who supervises it, which Party organizations cover it, and who holds its posts;
-- titles go in the order of $4.
WITH RECURSIVE found AS MATERIALIZED (
    SELECT o.id, o.name, o.kind, o.status, o.code
    FROM organization AS o
    WHERE (o.valid @> $1::date) IS TRUE AND o.id = (
        SELECT i.entity FROM identifier AS i
        WHERE i.scheme = 'CODE' AND i.value = $3::text AND (i.valid @> $1::date) IS TRUE
    )
)
SELECT json_build_object('data', json_build_object('organization', (
    SELECT json_build_object(
        'id', f.id, 'name', f.name, 'kind', f.kind, 'status', f.status, 'code', f.code,
        'superiors', (
            SELECT coalesce(json_agg(json_build_object(
                'hierarchy', r.hierarchy,
                'superior', (
                    SELECT json_build_object('id', o.id, 'name', o.name)
                    FROM organization AS o WHERE o.id = r.superior AND (o.valid @> $1::date) IS TRUE
                )
            ) ORDER BY r.hierarchy, r.superior), '[]')
            FROM relation AS r
            WHERE r.subordinate = f.id AND r.hierarchy IN ('SUPERVISES', 'COVERS') AND (r.valid @> $1::date) IS TRUE
        ),
        'posts', (
            SELECT coalesce(json_agg(json_build_object(
                'title', p.title,
                'holders', (
                    SELECT coalesce(json_agg(json_build_object('personId', a.person, 'holderName', (
                        SELECT n.name FROM person_private AS n WHERE n.person = a.person AND (n.valid @> $1::date) IS TRUE
                    )) ORDER BY lower(a.valid), a.id), '[]')
                    FROM appointment AS a
                    WHERE a.post = p.id AND NOT a.ended AND (a.valid @> $1::date) IS TRUE
                )
            ) ORDER BY array_position($4::text[], p.title), p.name NULLS FIRST, p.id), '[]')
            FROM post AS p
            WHERE p.organization = f.id AND NOT p.abolished AND (p.valid @> $1::date) IS TRUE
        )
    )
    FROM found AS f
)))::text
