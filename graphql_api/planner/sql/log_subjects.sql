-- Everybody whose data is sealed in an event belongs to where the viewer has the right.
NOT EXISTS (
    SELECT FROM (VALUES
        ((convert_from({t}.body, 'UTF8')::json #>> '{{personal,of}}')::uuid),
        ((convert_from({t}.body, 'UTF8')::json #>> '{{replacement,personal,of}}')::uuid)
    ) AS s (id)
    WHERE s.id IS NOT NULL AND ({ours}) IS NOT TRUE
)
