-- What PostGraphile shows: functions over the bitemporal tables of the schema {projections}, all inlined by PostgreSQL.
-- Without an instant, known_at is null: what is believed now. With one, what was believed then.
CREATE SCHEMA peer;

CREATE TYPE peer.chart_node AS (
    depth integer, parent_id uuid, id uuid, name text, kind text, status text, code text
);
CREATE TYPE peer.organization AS (id uuid, name text, kind text, status text, code text);
CREATE TYPE peer.superior AS (hierarchy text, id uuid, name text);
CREATE TYPE peer.post AS (id uuid, title text, organization_id uuid, organization_name text);
CREATE TYPE peer.holder AS (person_id uuid, holder_name text);
CREATE TYPE peer.membership AS (id uuid, member uuid, member_class text, member_name text, organization_id uuid);
CREATE TYPE peer.appointment AS (id uuid, mode text, post uuid);

-- Places in a chart are told as text, so that the order of siblings needs no second look.
CREATE FUNCTION peer.org_chart(
    root uuid, hierarchies text[], kinds text[], as_of date, known_at timestamptz DEFAULT NULL
) RETURNS SETOF peer.chart_node LANGUAGE sql STABLE AS $$
WITH RECURSIVE {believed:organization}, {believed:relation}, tree AS (
    SELECT o.id, NULL::uuid AS parent_id, 0 AS depth, ARRAY[o.id] AS way, ARRAY[''] COLLATE "C" AS place,
        o.name, o.kind, o.status, o.code
    FROM organization AS o
    WHERE o.id = root AND o.valid @> as_of AND o.status NOT IN ('DISSOLVED', 'REVOKED')
    UNION ALL
    SELECT o.id, t.id, t.depth + 1, t.way || o.id,
        t.place || (
            chr(64 + array_position(kinds, o.kind)) || coalesce(o.code, chr(1114111)) || chr(1)
            || o.pinyin || chr(1) || o.id
        ),
        o.name, o.kind, o.status, o.code
    FROM tree AS t
    CROSS JOIN LATERAL (
        SELECT r.subordinate FROM relation AS r
        WHERE r.superior = t.id AND r.hierarchy = ANY (hierarchies) AND r.valid @> as_of
        OFFSET 0
    ) AS r
    CROSS JOIN LATERAL (
        SELECT * FROM organization AS o WHERE o.id = r.subordinate AND o.valid @> as_of OFFSET 0
    ) AS o
    WHERE t.depth < 12 AND r.subordinate <> ALL (t.way)
)
SELECT depth, parent_id, id, name, kind, status, code FROM tree ORDER BY place
$$;

CREATE FUNCTION peer.organization_by_code(code text, as_of date, known_at timestamptz DEFAULT NULL)
RETURNS peer.organization LANGUAGE sql STABLE AS $$
WITH {believed:organization}, {believed:identifier}
SELECT o.id, o.name, o.kind, o.status, o.code
FROM organization AS o
WHERE o.valid @> as_of AND o.id = (
    SELECT i.entity FROM identifier AS i
    WHERE i.scheme = 'CODE' AND i.value = organization_by_code.code AND i.valid @> as_of
)
$$;

CREATE FUNCTION peer.organization_superiors(
    o peer.organization, hierarchies text[], as_of date, known_at timestamptz DEFAULT NULL
) RETURNS SETOF peer.superior LANGUAGE sql STABLE AS $$
WITH {believed:organization}, {believed:relation}
SELECT r.hierarchy, s.id, s.name
FROM relation AS r JOIN organization AS s ON s.id = r.superior AND s.valid @> as_of
WHERE r.subordinate = o.id AND r.hierarchy = ANY (hierarchies) AND r.valid @> as_of
ORDER BY r.hierarchy, r.superior
$$;

CREATE FUNCTION peer.organization_posts(
    o peer.organization, titles text[], as_of date, known_at timestamptz DEFAULT NULL
) RETURNS SETOF peer.post LANGUAGE sql STABLE AS $$
WITH {believed:post}
SELECT p.id, p.title, NULL::uuid, NULL::text
FROM post AS p
WHERE p.organization = o.id AND NOT p.abolished AND p.valid @> as_of
ORDER BY array_position(titles, p.title), p.name NULLS FIRST, p.id
$$;

CREATE FUNCTION peer.post_holders(p peer.post, as_of date, known_at timestamptz DEFAULT NULL)
RETURNS SETOF peer.holder LANGUAGE sql STABLE AS $$
WITH {believed:appointment}
SELECT a.person, (
    SELECT n.name FROM {projections}.person_private AS n WHERE n.person = a.person AND n.valid @> as_of
)
FROM appointment AS a
WHERE a.post = p.id AND NOT a.ended AND a.valid @> as_of
ORDER BY lower(a.valid), a.id
$$;

CREATE FUNCTION peer.memberships(organization uuid, as_of date, known_at timestamptz DEFAULT NULL)
RETURNS SETOF peer.membership LANGUAGE sql STABLE AS $$
WITH {believed:membership}
SELECT m.id, m.member, m.member_class, (
    SELECT n.name FROM {projections}.person_private AS n WHERE n.person = m.member AND n.valid @> as_of
), m.organization
FROM membership AS m
WHERE m.organization = memberships.organization AND m.valid @> as_of
ORDER BY lower(m.valid), m.id
$$;

CREATE FUNCTION peer.membership_organization(
    m peer.membership, as_of date, known_at timestamptz DEFAULT NULL
) RETURNS peer.organization LANGUAGE sql STABLE AS $$
WITH {believed:organization}
SELECT o.id, o.name, o.kind, o.status, o.code
FROM organization AS o WHERE o.id = m.organization_id AND o.valid @> as_of
$$;

CREATE FUNCTION peer.membership_appointments(
    m peer.membership, as_of date, known_at timestamptz DEFAULT NULL
) RETURNS SETOF peer.appointment LANGUAGE sql STABLE AS $$
WITH {believed:appointment}
SELECT a.id, a.mode, a.post
FROM appointment AS a
WHERE a.person = m.member AND a.valid @> as_of
ORDER BY a.made_on, a.id
$$;

CREATE FUNCTION peer.appointment_held(
    a peer.appointment, as_of date, known_at timestamptz DEFAULT NULL
) RETURNS peer.post LANGUAGE sql STABLE AS $$
WITH {believed:post}, {believed:organization}
SELECT p.id, p.title, o.id, o.name
FROM post AS p JOIN organization AS o ON o.id = p.organization AND o.valid @> as_of
WHERE p.id = a.post AND p.valid @> as_of
$$;
