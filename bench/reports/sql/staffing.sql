WITH RECURSIVE alive AS MATERIALIZED (
    SELECT id, name, pinyin, kind, tier
    FROM organization
    WHERE valid @> $1::date AND status NOT IN ('DISSOLVED', 'REVOKED') AND kind <> 'EXTERNAL'
), tree (id, district) AS (
    SELECT id, NULL::uuid FROM alive WHERE kind = 'ASSOCIATION' AND tier = 'MUNICIPAL'
  UNION
    SELECT a.id, CASE WHEN a.tier = 'DISTRICT' AND a.kind = 'ASSOCIATION' THEN a.id ELSE t.district END
    FROM tree AS t
    JOIN relation AS r ON r.superior = t.id AND r.hierarchy IN ('PART_OF', 'LEADS', 'GUIDES', 'SUPERVISES')
        AND r.valid @> $1::date
    JOIN alive AS a ON a.id = r.subordinate
), quotas AS (
    SELECT organization, sum(count) FILTER (WHERE kind = 'ADMINISTRATIVE') AS a,
        sum(count) FILTER (WHERE kind = 'CIVIL_SERVICE_REFERENCE') AS b,
        sum(count) FILTER (WHERE kind = 'PUBLIC_INSTITUTION') AS c, sum(count) FILTER (WHERE kind = 'SUPPORT') AS d,
        sum(count) FILTER (WHERE kind = 'OTHER') AS e
    FROM quota WHERE valid @> $1::date GROUP BY organization
), employed AS (
    SELECT e.employer, count(DISTINCT coalesce(a.canonical, e.person)) AS employed
    FROM employment AS e
    LEFT JOIN person_alias AS a ON a.alias = e.person
    WHERE e.employer IS NOT NULL AND e.valid @> $1::date
    GROUP BY e.employer
)
SELECT json_agg(row_to_json(x)) FROM (
    SELECT p.name, p.kind, d.name AS district, s.organization IS NOT NULL AS recorded, q.a AS administrative,
        q.b AS "civilServiceReference", q.c AS "publicInstitution", q.d AS support, q.e AS other, s.established, s.headcount,
        CASE WHEN s.headcount >= s.established THEN s.headcount - s.established
            WHEN s.headcount < s.established THEN 0 END AS "overStrength",
        s.leadership_posts AS "leadershipPosts", s.leaders,
        CASE WHEN s.leaders >= s.leadership_posts THEN s.leaders - s.leadership_posts
            WHEN s.leaders < s.leadership_posts THEN 0 END AS "overLeadership",
        coalesce(e.employed, 0) AS employed, i.number AS "instrumentNumber", i.title AS "instrumentTitle"
    FROM (SELECT id, min(district::text)::uuid AS district FROM tree GROUP BY id) AS t
    JOIN alive AS p ON p.id = t.id
    LEFT JOIN staffing AS s ON s.organization = p.id AND s.valid @> $1::date
    LEFT JOIN quotas AS q ON q.organization = p.id
    LEFT JOIN employed AS e ON e.employer = p.id
    LEFT JOIN alive AS d ON d.id = t.district
    LEFT JOIN instrument AS i ON i.id = s.instrument AND i.valid @> $1::date
    WHERE s.organization IS NOT NULL OR p.kind = 'INSTITUTION' OR p.kind = 'ASSOCIATION' AND p.tier IS NOT NULL
    ORDER BY d.pinyin NULLS FIRST, array_position(ARRAY['ASSOCIATION', 'DEPARTMENT', 'INSTITUTION'], p.kind), p.pinyin, p.id
) AS x
