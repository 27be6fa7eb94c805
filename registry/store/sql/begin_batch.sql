SELECT head_position, head_recorded_at, active, clock, known, peaks, absent FROM registry.begin_batch($1, $2)
