-- believed: organization, relation, post, appointment
-- Written by hand: coverage is worked out once for all three tables.
WITH RECURSIVE living AS MATERIALIZED (
    SELECT id, name, pinyin, code, kind, tier, subtype, status
    FROM organization
    WHERE valid @> $1::date AND kind IN ('ASSOCIATION', 'SOCIETY', 'PARTY_ORGANIZATION')
        AND status NOT IN ('DISSOLVED', 'REVOKED')
),
society AS MATERIALIZED (
    SELECT l.id, l.name, l.pinyin, l.code
    FROM relation AS r
    JOIN living AS l ON l.id = r.subordinate AND l.kind = 'SOCIETY' AND l.status = 'ACTIVE'
    WHERE r.superior = (
        SELECT id FROM living WHERE kind = 'ASSOCIATION'
        ORDER BY tier IS NOT DISTINCT FROM 'MUNICIPAL' DESC, code, id LIMIT 1
    ) AND r.hierarchy = 'SUPERVISES' AND r.valid @> $1::date
),
covering AS MATERIALIZED (
    SELECT s.id AS society, p.id AS party, p.name, p.pinyin, p.subtype AS form,
        p.subtype IS DISTINCT FROM '党建指导员' AS organizational
    FROM relation AS r
    JOIN society AS s ON s.id = r.subordinate
    JOIN living AS p ON p.id = r.superior AND p.status = 'ACTIVE'
    WHERE r.hierarchy = 'COVERS' AND r.valid @> $1::date
),
instructed AS (
    SELECT DISTINCT o.organization
    FROM post AS o
    JOIN appointment AS a ON a.post = o.id AND NOT a.ended AND a.valid @> $1::date
    WHERE o.title = 'INSTRUCTOR' AND NOT o.abolished AND o.valid @> $1::date
),
covered AS MATERIALIZED (
    SELECT s.id, s.name, s.pinyin, s.code,
        coalesce(bool_or(c.organizational), false) AS organizational,
        count(c.party) > 0 OR s.id IN (SELECT organization FROM instructed) AS work,
        coalesce(array_agg(c.name ORDER BY c.pinyin, c.party) FILTER (WHERE c.party IS NOT NULL), '{}') AS party,
        coalesce(array_agg(DISTINCT c.form) FILTER (WHERE c.form IS NOT NULL), '{}') AS forms
    FROM society AS s
    LEFT JOIN covering AS c ON c.society = s.id
    GROUP BY s.id, s.name, s.pinyin, s.code
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
