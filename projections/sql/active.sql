SELECT p.name, p.fingerprint
FROM registry.head AS h
JOIN registry.projection AS p ON p.name = h.projections
