SELECT json_build_object(
    'id', f.id,
    'periods', json_agg(
        json_build_object(
            'name', f.name, 'retired', f.retired,
            'validFrom', lower(f.valid), 'validTo', upper(f.valid), 'recordedFrom', f.recorded_from
        ) ORDER BY f.valid
    ),
    'holders', (
        SELECT coalesce(json_agg(
            json_build_object(
                'holder', h.holder,
                'validFrom', lower(h.valid), 'validTo', upper(h.valid), 'recordedFrom', h.recorded_from
            ) ORDER BY h.valid, h.holder
        ), '[]')
        FROM holding AS h
        WHERE h.function = f.id
    )
)::text
FROM function AS f
WHERE $1::uuid[] IS NULL OR f.id = ANY ($1::uuid[])
GROUP BY f.id
ORDER BY f.id
