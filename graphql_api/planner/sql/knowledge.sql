(WITH {known}
 SELECT coalesce(json_agg({content} ORDER BY {t}.recorded_at), '[]')
 FROM (
    SELECT {id} AS id, e.recorded_at, max(e.position) AS position
    FROM registry.event AS e
    WHERE e.stream_id = {id} AND {after}
    GROUP BY e.recorded_at
    ORDER BY e.recorded_at
    LIMIT {first}
 ) AS {t})
