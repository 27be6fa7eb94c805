societies AS (
    SELECT o.id
    FROM {relation} AS r
    CROSS JOIN LATERAL (
        SELECT * FROM {organization} AS s WHERE s.id = r.subordinate AND (s.valid @> {as_of}) IS TRUE OFFSET 0
    ) AS o
    WHERE r.superior = {root} AND r.hierarchy = 'SUPERVISES' AND (r.valid @> {as_of}) IS TRUE
        AND o.kind = ANY ({kinds}) AND o.status = 'ACTIVE'
), covering AS (
    SELECT s.id AS society, p.id AS party, p.subtype AS form,
        p.subtype IS DISTINCT FROM '党建指导员' AS organizational
    FROM societies AS s
    JOIN {relation} AS c ON c.subordinate = s.id AND c.hierarchy = 'COVERS' AND (c.valid @> {as_of}) IS TRUE
    CROSS JOIN LATERAL (
        SELECT * FROM {organization} AS q WHERE q.id = c.superior AND (q.valid @> {as_of}) IS TRUE OFFSET 0
    ) AS p
    WHERE p.status = 'ACTIVE'
), covered AS (
    SELECT s.id, coalesce(bool_or(c.organizational), false) AS organizational,
        count(c.party) > 0 OR EXISTS (
            SELECT
            FROM {post} AS p
            CROSS JOIN LATERAL (
                SELECT FROM {appointment} AS a
                WHERE a.post = p.id AND (a.valid @> {as_of}) IS TRUE AND NOT a.ended OFFSET 0
            ) AS held
            WHERE p.organization = s.id AND p.title = 'INSTRUCTOR' AND (p.valid @> {as_of}) IS TRUE AND NOT p.abolished
        ) AS work
    FROM societies AS s
    LEFT JOIN covering AS c ON c.society = s.id
    GROUP BY s.id
)
