    CROSS JOIN LATERAL (
        SELECT * FROM {organization} AS o WHERE o.id = n.id AND (o.valid @> {as_of}) IS TRUE OFFSET 0
    ) AS o
