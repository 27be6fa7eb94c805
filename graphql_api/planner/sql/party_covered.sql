societies AS (
    SELECT o.id, o.name, o.code, o.pinyin
    FROM {relation} AS r
    CROSS JOIN LATERAL (
        SELECT * FROM {organization} AS s WHERE s.id = r.subordinate AND (s.valid @> {as_of}) IS TRUE OFFSET 0
    ) AS o
    WHERE r.superior = {root} AND r.hierarchy = 'SUPERVISES' AND (r.valid @> {as_of}) IS TRUE
        AND o.kind = ANY ({kinds}) AND o.status = 'ACTIVE'
), covering AS (
    SELECT s.id AS society, p.id AS party, p.name, p.pinyin, p.subtype AS form,
        p.subtype IS DISTINCT FROM '党建指导员' AS organizational
    FROM societies AS s
    JOIN {relation} AS c ON c.subordinate = s.id AND c.hierarchy = 'COVERS' AND (c.valid @> {as_of}) IS TRUE
    CROSS JOIN LATERAL (
        SELECT * FROM {organization} AS q WHERE q.id = c.superior AND (q.valid @> {as_of}) IS TRUE OFFSET 0
    ) AS p
    WHERE p.status = 'ACTIVE'
), covered AS (
    -- Societies and what covers them are put together, not joined: the planner takes either for one row, and would
    -- compare each with each. What is asked of a society comes along, for to look it up again takes as long as all this.
    SELECT b.id, min(b.society) AS name, min(b.code) AS code, min(b.order_of_society) AS pinyin,
        coalesce(bool_or(b.organizational), false) AS organizational,
        coalesce(array_agg(b.name ORDER BY b.pinyin, b.party) FILTER (WHERE b.party IS NOT NULL), '{{}}') AS parties,
        coalesce(array_agg(DISTINCT b.form) FILTER (WHERE b.form IS NOT NULL), '{{}}') AS forms,
        count(b.party) > 0 OR EXISTS (
            SELECT
            FROM {post} AS p
            CROSS JOIN LATERAL (
                SELECT FROM {appointment} AS a
                WHERE a.post = p.id AND (a.valid @> {as_of}) IS TRUE AND NOT a.ended OFFSET 0
            ) AS held
            WHERE p.organization = b.id AND p.title = 'INSTRUCTOR' AND (p.valid @> {as_of}) IS TRUE AND NOT p.abolished
        ) AS work
    FROM (
        SELECT s.id, s.name AS society, s.code, s.pinyin AS order_of_society,
            NULL::uuid AS party, NULL::text AS name, NULL::text AS pinyin, NULL::text AS form,
            NULL::boolean AS organizational
        FROM societies AS s
      UNION ALL
        SELECT c.society, NULL, NULL, NULL, c.party, c.name, c.pinyin, c.form, c.organizational
        FROM covering AS c
    ) AS b
    GROUP BY b.id
)
