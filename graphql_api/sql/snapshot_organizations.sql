SELECT json_build_object(
    'id', o.id,
    'periods', json_agg(
        json_build_object(
            'name', o.name, 'shortName', o.short_name, 'kind', o.kind, 'status', o.status, 'code', o.code,
            'tier', o.tier, 'validFrom', lower(o.valid), 'validTo', upper(o.valid), 'recordedFrom', o.recorded_from
        ) ORDER BY o.valid
    ),
    'places', (
        SELECT coalesce(json_agg(
            json_build_object(
                'hierarchy', r.hierarchy, 'superior', r.superior,
                'validFrom', lower(r.valid), 'validTo', upper(r.valid), 'recordedFrom', r.recorded_from
            ) ORDER BY r.hierarchy, r.valid, r.superior
        ), '[]')
        FROM relation AS r
        WHERE r.subordinate = o.id
    )
)::text
FROM organization AS o
WHERE $1::uuid[] IS NULL OR o.id = ANY ($1::uuid[])
GROUP BY o.id
ORDER BY o.id
