-- believed: organization, relation
-- The chart below $3 over the hierarchies $5, for one of nearly the whole register: each table is read once and the
-- levels are joined by hash. Siblings go by kind in the order of $4, by code, by name.
WITH RECURSIVE placed AS MATERIALIZED (
    SELECT
        o.id,
        r.superior,
        o.status,
        '{"id":"' || o.id || '","name":' || to_json(o.name) || ',"kind":"' || o.kind || '","status":"' || o.status
        || '","code":' || coalesce(to_json(o.code)::text, 'null') || '}' AS organization,
        row_number() OVER (
            ORDER BY array_position($4::text[], o.kind), o.code COLLATE "C" NULLS LAST, o.pinyin COLLATE "C", o.id
        ) AS place
    FROM organization AS o
    LEFT JOIN relation AS r
        ON r.subordinate = o.id AND r.hierarchy = ANY ($5::text[]) AND r.valid @> $1::date
    WHERE o.valid @> $1::date
),
tree (id, parent_id, depth, way, organization) AS (
    SELECT id, NULL::uuid, 0, ARRAY[place], organization
    FROM placed
    WHERE id = $3::uuid AND status NOT IN ('DISSOLVED', 'REVOKED')
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
