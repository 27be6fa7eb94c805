SELECT p.name, p.fingerprint, p.begun_at, p.built_at, h.position, coalesce(h.projections = p.name, false) AS active
FROM registry.projection AS p
CROSS JOIN registry.head AS h
ORDER BY p.begun_at
