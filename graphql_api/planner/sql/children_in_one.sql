JOIN LATERAL (
    SELECT r.superior, r.subordinate AS id FROM {relation} AS r
    WHERE r.hierarchy = ANY ({hierarchies}) AND (r.valid @> {as_of}) IS TRUE
) AS c ON c.superior = t.id
