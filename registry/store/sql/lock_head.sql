SELECT head_position, head_recorded_at, active, clock FROM registry.lock_head()
