coalesce(
    (SELECT o.id FROM {organization} AS o
     WHERE o.tier = 'MUNICIPAL' AND o.valid @> {as_of} AND o.kind = 'ASSOCIATION'
        AND o.status NOT IN ('DISSOLVED', 'REVOKED')
     ORDER BY o.code, o.id LIMIT 1),
    (SELECT o.id FROM {organization} AS o
     WHERE o.valid @> {as_of} AND o.kind = 'ASSOCIATION' AND o.status NOT IN ('DISSOLVED', 'REVOKED')
     ORDER BY o.code, o.id LIMIT 1)
)
