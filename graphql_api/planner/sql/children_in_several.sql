CROSS JOIN LATERAL (
    SELECT DISTINCT r.subordinate AS id FROM {relation} AS r
    WHERE r.superior = t.id AND r.hierarchy = ANY ({hierarchies}) AND (r.valid @> {as_of}) IS TRUE
    OFFSET 0
) AS c
