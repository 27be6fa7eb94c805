WITH society AS MATERIALIZED (
    SELECT o.id, o.name, o.code, o.pinyin
    FROM relation AS r
    JOIN organization AS o ON o.id = r.subordinate AND o.valid @> $1::date AND o.kind = 'SOCIETY' AND o.status = 'ACTIVE'
    WHERE r.hierarchy = 'SUPERVISES' AND r.valid @> $1::date AND r.superior = (
        SELECT id FROM organization
        WHERE valid @> $1::date AND kind = 'ASSOCIATION' AND tier = 'MUNICIPAL' AND status NOT IN ('DISSOLVED', 'REVOKED')
    )
), covering AS MATERIALIZED (
    SELECT s.id AS society, p.id AS party, p.name, p.pinyin, p.subtype AS form,
        p.subtype IS DISTINCT FROM '党建指导员' AS organizational
    FROM society AS s
    JOIN relation AS c ON c.subordinate = s.id AND c.hierarchy = 'COVERS' AND c.valid @> $1::date
    JOIN organization AS p ON p.id = c.superior AND p.valid @> $1::date AND p.status = 'ACTIVE'
), covered AS MATERIALIZED (
    SELECT s.id, s.name, s.code, s.pinyin, coalesce(bool_or(c.organizational), false) AS organizational,
        count(c.party) > 0 OR EXISTS (
            SELECT FROM post AS p JOIN appointment AS a ON a.post = p.id AND a.valid @> $1::date AND NOT a.ended
            WHERE p.organization = s.id AND p.title = 'INSTRUCTOR' AND p.valid @> $1::date AND NOT p.abolished
        ) AS work,
        coalesce(array_agg(c.name ORDER BY c.pinyin, c.party) FILTER (WHERE c.party IS NOT NULL), '{}') AS parties,
        coalesce(array_agg(DISTINCT c.form) FILTER (WHERE c.form IS NOT NULL), '{}') AS forms
    FROM society AS s
    LEFT JOIN covering AS c ON c.society = s.id
    GROUP BY s.id, s.name, s.code, s.pinyin
)
SELECT json_build_array(
    (SELECT json_agg(row_to_json(x)) FROM (
        SELECT count(*) AS total, count(*) FILTER (WHERE organizational) AS organizational,
            count(*) FILTER (WHERE organizational) || '/' || count(*) AS "organizationalShare",
            count(*) FILTER (WHERE work) AS work, count(*) FILTER (WHERE work) || '/' || count(*) AS "workShare",
            count(*) FILTER (WHERE NOT work) AS uncovered
        FROM covered) AS x),
    (SELECT json_agg(row_to_json(x)) FROM (
        SELECT form, bool_and(organizational) AS organizational, count(DISTINCT party) AS organizations,
            count(DISTINCT society) AS societies
        FROM covering GROUP BY form ORDER BY bool_and(organizational) DESC, form NULLS LAST) AS x),
    (SELECT json_agg(row_to_json(x)) FROM (
        SELECT name, code, organizational, work, forms, parties AS "partyOrganizations"
        FROM covered ORDER BY work, organizational, pinyin, id) AS x)
)
