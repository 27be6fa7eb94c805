(WITH RECURSIVE root AS (SELECT {root} AS id),
tree (id, parent_id, depth, way) AS (
    SELECT root.id, NULL::uuid, 0, ARRAY[root.id] FROM root
  UNION ALL
    SELECT r.id, t.id, t.depth + 1, t.way || r.id
    FROM tree AS t
    CROSS JOIN LATERAL (
        SELECT {each_once}r.subordinate AS id FROM {relation} AS r
        WHERE r.superior = t.id AND r.hierarchy = ANY ({hierarchies}) AND (r.valid @> {as_of}) IS TRUE
        OFFSET 0
    ) AS r
    WHERE t.depth < {depth} AND r.id <> ALL (t.way)
),
-- Few are looked up one by one. Of many, these are not all: each table is read once instead, and joined by hash. The
-- planner, which takes whatever is reached for a few rows, does not choose between the two, so that both stand here.
reached AS MATERIALIZED (SELECT t.id, t.parent_id FROM tree AS t LIMIT {many} + 1),
extent AS MATERIALIZED (SELECT count(*) > {many} AS large FROM reached),
few AS MATERIALIZED (
    SELECT {placed}
    FROM (SELECT DISTINCT r.id FROM reached AS r WHERE NOT (SELECT e.large FROM extent AS e)) AS r
    CROSS JOIN LATERAL (
        SELECT * FROM {organization} AS o WHERE o.id = r.id AND (o.valid @> {as_of}) IS TRUE OFFSET 0
    ) AS o
),
many AS MATERIALIZED (
    SELECT {placed}
    FROM {organization} AS o
    WHERE (SELECT e.large FROM extent AS e) AND o.valid @> {as_of}
),
bonds AS MATERIALIZED (
    SELECT {each_once}r.superior, r.subordinate FROM {relation} AS r
    WHERE (SELECT e.large FROM extent AS e) AND r.hierarchy = ANY ({hierarchies}) AND r.valid @> {as_of}
),
below AS MATERIALIZED (
    SELECT r.parent_id AS superior, f.*
    FROM (SELECT DISTINCT r.parent_id, r.id FROM reached AS r) AS r JOIN few AS f ON f.id = r.id
  UNION ALL
    SELECT b.superior, m.* FROM bonds AS b JOIN many AS m ON m.id = b.subordinate
),
walked AS (
    SELECT 0 AS depth, NULL::uuid AS superior, ARRAY[p.place] AS way, p.*
    FROM (SELECT * FROM few UNION ALL SELECT * FROM many) AS p
    WHERE p.id = (SELECT root.id FROM root) AND p.stands
  UNION ALL
    SELECT w.depth + 1, w.id, w.way || b.place, b.id, b.place, b.stands{organizations}
    FROM walked AS w
    JOIN below AS b ON b.superior = w.id
    WHERE w.depth < {depth} AND b.place <> ALL (w.way)
)
SELECT {chart}
FROM (
    SELECT {columns}
    FROM (SELECT w.*, {child_count} AS child_count FROM walked AS w LIMIT {limit}) AS n {rows}
    HAVING true
) AS charted)
