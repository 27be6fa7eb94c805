-- believed: organization, relation, post, appointment
-- Written by hand: coverage is worked out once for all three tables.
WITH RECURSIVE society AS MATERIALIZED (
    SELECT o.id, o.name, o.pinyin, o.code
    FROM relation AS r
    CROSS JOIN LATERAL (
        SELECT * FROM organization AS s WHERE s.id = r.subordinate AND (s.valid @> $1::date) IS TRUE OFFSET 0
    ) AS o
    WHERE r.superior = (
        SELECT id FROM organization
        WHERE tier = 'MUNICIPAL' AND valid @> $1::date AND kind = 'ASSOCIATION' AND status NOT IN ('DISSOLVED', 'REVOKED')
        ORDER BY code, id LIMIT 1
    ) AND r.hierarchy = 'SUPERVISES' AND (r.valid @> $1::date) IS TRUE AND o.kind = 'SOCIETY' AND o.status = 'ACTIVE'
),
covering AS MATERIALIZED (
    SELECT s.id AS society, p.id AS party, p.name, p.pinyin, p.subtype AS form,
        p.subtype IS DISTINCT FROM '党建指导员' AS organizational
    FROM society AS s
    JOIN relation AS r ON r.subordinate = s.id AND r.hierarchy = 'COVERS' AND (r.valid @> $1::date) IS TRUE
    CROSS JOIN LATERAL (
        SELECT * FROM organization AS q WHERE q.id = r.superior AND (q.valid @> $1::date) IS TRUE OFFSET 0
    ) AS p
    WHERE p.status = 'ACTIVE'
),
instructed AS (
    SELECT DISTINCT o.organization
    FROM post AS o
    CROSS JOIN LATERAL (
        SELECT FROM appointment AS a WHERE a.post = o.id AND NOT a.ended AND (a.valid @> $1::date) IS TRUE OFFSET 0
    ) AS held
    WHERE o.title = 'INSTRUCTOR' AND NOT o.abolished AND o.valid @> $1::date
),
covered AS MATERIALIZED (
    SELECT c.id, max(c.society) AS name, max(c.society_pinyin) AS pinyin, max(c.code) AS code,
        coalesce(bool_or(c.organizational), false) AS organizational,
        count(c.party) > 0 OR c.id IN (SELECT organization FROM instructed) AS work,
        coalesce(array_agg(c.name ORDER BY c.pinyin, c.party) FILTER (WHERE c.party IS NOT NULL), '{}') AS party,
        coalesce(array_agg(DISTINCT c.form) FILTER (WHERE c.form IS NOT NULL), '{}') AS forms
    FROM (
        SELECT id, name AS society, pinyin AS society_pinyin, code, NULL::uuid AS party, NULL::text AS name,
            NULL::text AS pinyin, NULL::text AS form, NULL::boolean AS organizational
        FROM society
      UNION ALL
        SELECT society, NULL, NULL, NULL, party, name, pinyin, form, organizational FROM covering
    ) AS c
    GROUP BY c.id
)
SELECT json_build_object(
    'total', (
        SELECT json_agg(t) FROM (
            SELECT count(*) AS total, count(*) FILTER (WHERE organizational) AS organizational,
                CASE WHEN count(*) > 0 THEN concat(count(*) FILTER (WHERE organizational), '/', count(*)) END
                    AS "organizationalShare",
                count(*) FILTER (WHERE work) AS work,
                CASE WHEN count(*) > 0 THEN concat(count(*) FILTER (WHERE work), '/', count(*)) END AS "workShare",
                count(*) FILTER (WHERE NOT work) AS uncovered
            FROM covered
        ) AS t
    ),
    'forms', (
        SELECT coalesce(json_agg(t), '[]') FROM (
            SELECT form, bool_and(organizational) AS organizational,
                count(DISTINCT party) AS organizations, count(DISTINCT society) AS societies
            FROM covering
            GROUP BY form
            ORDER BY bool_and(organizational) DESC, form NULLS LAST
        ) AS t
    ),
    'societies', (
        SELECT coalesce(json_agg(t), '[]') FROM (
            SELECT name, code, organizational, work, forms, party AS "partyOrganizations"
            FROM covered
            ORDER BY work, organizational, pinyin, id
        ) AS t
    )
)
