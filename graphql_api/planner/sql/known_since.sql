(WITH {known}
 SELECT coalesce(json_agg({content} ORDER BY {f}.model, {f}.key, {f}.field), '[]')
 FROM (
    SELECT {id} AS id, x.model, x.key, x.sealed, x.person, x.field, x.value, x.valid, lower(held.during) AS known_since
    FROM fact AS x
    CROSS JOIN LATERAL (
        SELECT unnest(range_agg(y.recorded)) AS during
        FROM fact AS y
        WHERE y.model = x.model AND y.key = x.key AND y.field = x.field AND y.value = x.value AND y.valid @> {as_of}
    ) AS held
    WHERE x.valid @> {as_of} AND {believed} AND held.during @> lower(x.recorded) AND x.value <> 'null'
 ) AS {f})
