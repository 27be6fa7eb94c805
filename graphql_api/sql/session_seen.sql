UPDATE registry.session SET seen_at = clock_timestamp() WHERE digest = $1
