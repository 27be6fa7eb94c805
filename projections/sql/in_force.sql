SELECT h.projections AS name, p.fingerprint, h.projections = current_schema() AS entered
FROM registry.head AS h
LEFT JOIN registry.projection AS p ON p.name = h.projections
