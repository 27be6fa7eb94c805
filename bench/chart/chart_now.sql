-- The chart below $1 on the day $2, as believed now; siblings go by kind in the order of $3, by code, by name.
-- Written for a chart of the whole register: each table is read once and the levels are joined by hash. The text of
-- a node is put together where its row is read, which costs a third less than json_build_object.
WITH RECURSIVE placed AS MATERIALIZED (
    SELECT
        o.id,
        r.superior,
        o.status,
        '{"id":"' || o.id || '","name":' || to_json(o.name) || ',"kind":"' || o.kind || '","status":"' || o.status
        || '","code":' || coalesce(to_json(o.code)::text, 'null') || '}' AS organization,
        row_number() OVER (ORDER BY array_position($3::text[], o.kind), o.code NULLS LAST, o.pinyin, o.id) AS place
    FROM organization AS o
    LEFT JOIN relation AS r ON r.subordinate = o.id AND r.hierarchy = 'PART_OF' AND r.valid @> $2::date
    WHERE o.valid @> $2::date
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
