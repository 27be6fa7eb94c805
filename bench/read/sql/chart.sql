-- believed: organization, relation
-- The chart below $3 over the hierarchies $5: each level is looked up by index below the one before, and the text and
-- the place among its siblings of a node are put together where its row is read. Kinds go in the order of $4.
WITH RECURSIVE tree (id, parent_id, depth, way, place, organization) AS (
    SELECT o.id, NULL::uuid, 0, ARRAY[o.id], ARRAY[''] COLLATE "C",
        '{"id":"' || o.id || '","name":' || to_json(o.name) || ',"kind":"' || o.kind || '","status":"' || o.status
        || '","code":' || coalesce(to_json(o.code)::text, 'null') || '}'
    FROM organization AS o
    WHERE o.id = $3::uuid AND o.valid @> $1::date AND o.status NOT IN ('DISSOLVED', 'REVOKED')
    UNION ALL
    SELECT o.id, t.id, t.depth + 1, t.way || o.id,
        t.place || (
            chr(64 + array_position($4::text[], o.kind)) || coalesce(o.code, chr(1114111)) || chr(1)
            || o.pinyin || chr(1) || o.id
        ),
        '{"id":"' || o.id || '","name":' || to_json(o.name) || ',"kind":"' || o.kind || '","status":"' || o.status
        || '","code":' || coalesce(to_json(o.code)::text, 'null') || '}'
    FROM tree AS t
    CROSS JOIN LATERAL (
        SELECT r.subordinate FROM relation AS r
        WHERE r.superior = t.id AND r.hierarchy = ANY ($5::text[]) AND r.valid @> $1::date
        OFFSET 0
    ) AS r
    CROSS JOIN LATERAL (
        SELECT * FROM organization AS o WHERE o.id = r.subordinate AND o.valid @> $1::date OFFSET 0
    ) AS o
    WHERE t.depth < 12 AND r.subordinate <> ALL (t.way)
)
SELECT '{"data":{"orgChart":{"nodes":[' || coalesce(string_agg(
    '{"depth":' || depth || ',"parentId":' || coalesce('"' || parent_id || '"', 'null')
    || ',"organization":' || organization || '}',
    ',' ORDER BY place
), '') || ']}}}'
FROM tree
