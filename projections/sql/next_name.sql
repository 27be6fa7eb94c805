SELECT 'projection_' || coalesce(max(substring(name FROM '\d+$')::integer), 0) + 1 FROM registry.projection
