(WITH RECURSIVE tree (id, parent_id, depth, way, above) AS (
    SELECT root.id, NULL::uuid, 0, ARRAY[root.id], NULL::uuid[]
    FROM (SELECT {root} AS id) AS root
  UNION ALL
    SELECT c.id, t.id, t.depth + 1, t.way || c.id, t.way
    FROM tree AS t
    {children}
    WHERE t.depth < {depth} AND c.id <> ALL (t.way)
),
reached AS MATERIALIZED (SELECT * FROM tree LIMIT {limit}),
-- The planner takes what is reached for a few rows, and would look up each of ten thousand. So both ways stand here, and
-- the number of nodes says which one is run: nodes looked up by index, or the table read once and joined by hash.
placed AS MATERIALIZED (
    SELECT o.*,
        row_number() OVER (
            ORDER BY array_position({kinds}, o.kind), o.code COLLATE "C" NULLS LAST, o.pinyin COLLATE "C", o.id
        ) AS place
    FROM (
        SELECT o.* FROM {organization} AS o
        WHERE (SELECT count(*) FROM reached) < {many}
            AND o.id IN (SELECT t.id FROM reached AS t) AND (o.valid @> {as_of}) IS TRUE
      UNION ALL
        SELECT o.*
        FROM (SELECT * FROM {organization} AS w WHERE (w.valid @> {as_of}) IS TRUE OFFSET 0) AS o
        WHERE (SELECT count(*) FROM reached) >= {many} AND o.id IN (SELECT t.id FROM reached AS t)
    ) AS o
),
walked (id, parent_id, depth, way, sort) AS (
    SELECT t.id, t.parent_id, t.depth, t.way, ARRAY[p.place]
    FROM reached AS t JOIN placed AS p ON p.id = t.id
    WHERE t.depth = 0 AND p.status NOT IN ('DISSOLVED', 'REVOKED')
  UNION ALL
    SELECT t.id, t.parent_id, t.depth, t.way, w.sort || p.place
    FROM walked AS w
    JOIN reached AS t ON t.above = w.way
    JOIN placed AS p ON p.id = t.id
)
SELECT {chart}
FROM (
    SELECT {columns}
    FROM (SELECT t.*, {child_count} AS child_count FROM walked AS t) AS n
    JOIN placed AS o ON o.id = n.id
    HAVING true
) AS charted)
