SELECT p.* FROM (
    SELECT q.rule, q.side, s.id AS subject, o.id AS element, {member} AS member, {counted} AS counted
    FROM (VALUES {branches}) AS q (branch, rule, side, level, hierarchy)
    JOIN subjects AS s ON s.rule = q.rule
    JOIN {relation} AS r ON r.superior = s.id AND r.hierarchy = q.hierarchy AND (r.valid @> {as_of}) IS TRUE
    JOIN {organization} AS o ON o.id = r.subordinate AND coalesce(o.valid @> {as_of}, false) AND {alive}
) AS p
WHERE p.member IS NOT FALSE
