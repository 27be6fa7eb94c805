-- believed:
-- Everything ever believed of the organization $3.
SELECT json_build_object('data', json_build_object('organization', json_build_object('history', coalesce(json_agg(
    json_build_object(
        'name', b.name,
        'status', b.status,
        'code', b.code,
        'validFrom', lower(b.valid),
        'validTo', upper(b.valid),
        'recordedFrom', lower(b.recorded),
        'recordedTo', upper(b.recorded),
        'position', b.position
    ) ORDER BY lower(b.valid), lower(b.recorded)
), '[]'))))::text
FROM (
    SELECT name, status, code, valid, tstzrange(recorded_from, NULL) AS recorded, position
    FROM organization WHERE id = $3::uuid
    UNION ALL
    SELECT name, status, code, valid, recorded, position
    FROM organization_past WHERE id = $3::uuid
) AS b
