-- The newest figure reported of each organization and indicator.
figures AS MATERIALIZED (
    SELECT DISTINCT ON (f.organization, f.indicator)
        f.organization, f.indicator, f.value, f.period_start, f.period_end, f.source
    FROM {figure} AS f
    WHERE f.valid @> {as_of} AND NOT f.withdrawn
    ORDER BY f.organization, f.indicator, f.period_end DESC, f.period_start DESC, f.id
)
