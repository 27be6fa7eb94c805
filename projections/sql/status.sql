SELECT p.name, p.fingerprint, p.built_at, h.position, h.projections = p.name AS active
FROM registry.projection AS p
CROSS JOIN registry.head AS h
ORDER BY p.built_at
