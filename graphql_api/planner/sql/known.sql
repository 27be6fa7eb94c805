known AS MATERIALIZED (
{rows}
), fact AS (
    SELECT k.model, k.key, k.sealed, k.person, f.key AS field, f.value, k.valid, k.recorded
    FROM known AS k
    CROSS JOIN LATERAL jsonb_each(k.said) AS f
)
