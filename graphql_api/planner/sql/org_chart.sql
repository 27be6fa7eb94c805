(WITH RECURSIVE tree (id, parent_id, depth, way, sort) AS (
    SELECT o.id, NULL::uuid, 0, ARRAY[o.id], ARRAY[]::text[] COLLATE "C"
    FROM {organization} AS o
    WHERE o.id = {root} AND o.valid @> {as_of} AND o.status NOT IN ('DISSOLVED', 'REVOKED')
  UNION ALL
    SELECT c.id, t.id, t.depth + 1, t.way || c.id, t.sort || c.sort
    FROM tree AS t
    CROSS JOIN LATERAL (
        SELECT DISTINCT o.id,
            concat_ws(
                chr(1),
                lpad(array_position({kinds}, o.kind)::text, 2, '0'),
                coalesce(o.code, chr(1114111)),
                o.pinyin,
                o.id::text
            ) AS sort
        FROM {relation} AS r
        CROSS JOIN LATERAL (
            SELECT * FROM {organization} AS c WHERE c.id = r.subordinate AND c.valid @> {as_of} OFFSET 0
        ) AS o
        WHERE r.superior = t.id AND r.hierarchy = ANY ({hierarchies}) AND (r.valid @> {as_of}) IS TRUE
        OFFSET 0
    ) AS c
    WHERE t.depth < {depth} AND c.id <> ALL (t.way)
)
SELECT {chart}
FROM (
    SELECT {columns}
    FROM (SELECT t.*, {child_count} AS child_count FROM tree AS t LIMIT {limit}) AS n
    CROSS JOIN LATERAL (
        SELECT * FROM {organization} AS c WHERE c.id = n.id AND c.valid @> {as_of} OFFSET 0
    ) AS o
    HAVING true
) AS charted)
