WITH retired AS (
    UPDATE registry.projection AS p SET retired_at = clock_timestamp()
    FROM registry.head AS h
    WHERE p.name = h.projections
), built AS (
    UPDATE registry.projection SET built_at = clock_timestamp(), position = NULL WHERE name = $1
)
UPDATE registry.head SET projections = $1
