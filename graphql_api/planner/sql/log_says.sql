(position({needle} IN {t}.body) > 0 AND NOT EXISTS (
    SELECT FROM unnest({words}) AS w
    WHERE NOT EXISTS (
        SELECT FROM jsonb_path_query(
            convert_from({t}.body, 'UTF8')::jsonb - 'personal' #- '{{replacement,personal}}', 'strict $.**'
        ) AS v
        WHERE jsonb_typeof(v) = 'string' AND strpos(v #>> '{{}}', w) > 0
    )
 ))
