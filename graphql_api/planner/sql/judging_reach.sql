JOIN LATERAL (
    SELECT s.id
  UNION ALL
    SELECT o.id
    FROM {relation} AS r
    JOIN {organization} AS o ON o.id = r.subordinate AND o.valid @> {as_of}
    WHERE r.superior = s.id AND r.hierarchy = 'PART_OF' AND (r.valid @> {as_of}) IS TRUE
        AND o.status NOT IN ('DISSOLVED', 'REVOKED'){kinds}
) AS x ON true
