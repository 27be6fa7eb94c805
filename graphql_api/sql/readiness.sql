SELECT h.position, h.recorded_at, h.projections = $1 AS projections_active
FROM registry.head AS h
