SELECT position, recorded_at, projections FROM registry.head
