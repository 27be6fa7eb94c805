-- Everything under the root on that day, each once, with the district association that it stands under.
living AS MATERIALIZED (
    SELECT o.id, o.name, o.pinyin, o.short_name, o.code, o.kind, o.status, o.tier, o.base, o.formation, o.founded
    FROM {organization} AS o
    WHERE o.valid @> {as_of} AND o.status NOT IN ('DISSOLVED', 'REVOKED') AND o.kind <> 'EXTERNAL'
),
edge AS MATERIALIZED (
    SELECT r.superior, r.subordinate
    FROM {relation} AS r
    WHERE (r.valid @> {as_of}) IS TRUE AND r.hierarchy IN ('PART_OF', 'LEADS', 'GUIDES', 'SUPERVISES')
),
part (id, district) AS (
    SELECT l.id, CASE WHEN l.kind = 'ASSOCIATION' AND l.tier = 'DISTRICT' THEN l.id END
    FROM living AS l
    WHERE l.id = {root}
  UNION
    SELECT l.id, CASE WHEN l.kind = 'ASSOCIATION' AND l.tier = 'DISTRICT' THEN l.id ELSE p.district END
    FROM part AS p
    JOIN edge AS e ON e.superior = p.id
    JOIN living AS l ON l.id = e.subordinate
),
placed AS MATERIALIZED (
    SELECT l.*, p.district
    FROM (SELECT DISTINCT ON (id) id, district FROM part ORDER BY id, district NULLS LAST) AS p
    JOIN living AS l USING (id)
)
