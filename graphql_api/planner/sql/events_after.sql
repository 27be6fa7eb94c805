(SELECT json_build_object(
    'head', (SELECT h.position FROM registry.head AS h),
    'events', coalesce(json_agg(json_build_array({t}.position, {content}) ORDER BY {t}.position), '[]')
 )
 FROM (
    SELECT {t}.*
    FROM registry.event AS {t}
    WHERE {t}.position > {after} AND {conditions}
    ORDER BY {t}.position
    LIMIT {page}
 ) AS {t})
