(SELECT coalesce(json_agg({content} ORDER BY {e}.position), '[]')
 FROM registry.event AS {e}
 WHERE {e}.stream_id = {id} AND {e}.recorded_at = {instant})
