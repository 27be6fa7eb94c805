(CASE WHEN position('"personal":'::bytea IN {t}.body) = 0 THEN convert_from({t}.body, 'UTF8')::json
 ELSE (
    SELECT json_object_agg(f.key, CASE
        WHEN f.key = 'personal' THEN '{{"sealed": true}}'::json
        WHEN f.key = 'replacement' THEN (
            SELECT json_object_agg(
                g.key, CASE WHEN g.key = 'personal' THEN '{{"sealed": true}}'::json ELSE g.value END ORDER BY g.n
            )
            FROM json_each(f.value) WITH ORDINALITY AS g (key, value, n)
        )
        ELSE f.value
    END ORDER BY f.n)
    FROM json_each(convert_from({t}.body, 'UTF8')::json) WITH ORDINALITY AS f (key, value, n)
 )
END)
