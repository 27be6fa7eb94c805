SELECT h.position, h.recorded_at, p.fingerprint
FROM registry.head AS h
LEFT JOIN registry.projection AS p ON p.name = h.projections
