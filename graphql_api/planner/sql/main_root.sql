(SELECT o.id FROM {organization} AS o
 WHERE o.valid @> {as_of} AND o.kind = 'ASSOCIATION' AND o.status NOT IN ('DISSOLVED', 'REVOKED')
 ORDER BY o.tier IS NOT DISTINCT FROM 'MUNICIPAL' DESC, o.code, o.id LIMIT 1)
