SELECT position, recorded_at, projections, peaks FROM registry.head
