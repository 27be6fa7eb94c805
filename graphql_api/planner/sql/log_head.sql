(SELECT json_build_array(h.position, h.recorded_at) FROM registry.head AS h)
