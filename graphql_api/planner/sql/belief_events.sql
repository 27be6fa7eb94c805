(SELECT coalesce(json_agg({content} ORDER BY {t}.position), '[]')
 FROM registry.event AS {t}
 WHERE (({t}.recorded_at > {before_known} AND {t}.recorded_at <= {after_known})
        OR ({t}.recorded_at > {after_known} AND {t}.recorded_at <= {before_known}))
    AND ({t}.stream_id, {t}.recorded_at) IN (
        SELECT {d}.id, edge
        FROM (
            {differing}
        ) AS {d}
        JOIN (
            {held}
        ) AS h ON h.id = {d}.id AND h.valid @> {after}
        CROSS JOIN LATERAL (VALUES (lower(h.recorded)), (upper(h.recorded))) AS i (edge)
        WHERE {within}
    ))
