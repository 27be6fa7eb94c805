-- The chart of chart_now.sql as it was believed at the instant $4: what is believed since before, and what was
-- believed then and no longer is.
WITH RECURSIVE known_organization AS (
    SELECT id, name, pinyin, kind, status, code
    FROM organization
    WHERE valid @> $2::date AND recorded_from <= $4::timestamptz
    UNION ALL
    SELECT id, name, pinyin, kind, status, code
    FROM organization_past
    WHERE valid @> $2::date AND recorded @> $4::timestamptz
),
known_relation AS (
    SELECT subordinate, superior
    FROM relation
    WHERE hierarchy = 'PART_OF' AND valid @> $2::date AND recorded_from <= $4::timestamptz
    UNION ALL
    SELECT subordinate, superior
    FROM relation_past
    WHERE hierarchy = 'PART_OF' AND valid @> $2::date AND recorded @> $4::timestamptz
),
placed AS MATERIALIZED (
    SELECT
        o.id,
        r.superior,
        o.status,
        '{"id":"' || o.id || '","name":' || to_json(o.name) || ',"kind":"' || o.kind || '","status":"' || o.status
        || '","code":' || coalesce(to_json(o.code)::text, 'null') || '}' AS organization,
        row_number() OVER (ORDER BY array_position($3::text[], o.kind), o.code NULLS LAST, o.pinyin, o.id) AS place
    FROM known_organization AS o
    LEFT JOIN known_relation AS r ON r.subordinate = o.id
),
tree (id, parent_id, depth, way, organization) AS (
    SELECT id, NULL::uuid, 0, ARRAY[place], organization
    FROM placed
    WHERE id = $1::uuid AND status NOT IN ('DISSOLVED', 'REVOKED')
    UNION ALL
    SELECT p.id, t.id, t.depth + 1, t.way || p.place, p.organization
    FROM tree AS t
    JOIN placed AS p ON p.superior = t.id
    WHERE t.depth < 12 AND p.place <> ALL (t.way)
)
SELECT '{"data":{"orgChart":{"nodes":[' || coalesce(string_agg(
    '{"depth":' || depth || ',"parentId":' || coalesce('"' || parent_id || '"', 'null')
    || ',"organization":' || organization || '}',
    ',' ORDER BY way
), '') || ']}}}'
FROM tree
