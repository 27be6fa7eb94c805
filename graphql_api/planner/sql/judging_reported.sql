SELECT {rule} AS rule, {side} AS side, s.id AS subject,
    coalesce(f.whole, f.parts, 0)::bigint AS counted,
    0::bigint AS not_counted,
    (CASE WHEN f.parts IS NULL THEN 1 ELSE 0 END)::bigint AS uncertain,
    0::bigint AS doubtful_counted, 0::bigint AS doubtful_not_counted, 0::bigint AS doubtful_uncertain
FROM subjects AS s
CROSS JOIN LATERAL (
    SELECT sum(f.value) AS parts,
        sum(f.value) FILTER (WHERE f.period_start = {first} AND f.period_end = {last}) AS whole
    FROM {figure} AS f
    WHERE f.organization = s.id AND f.indicator = {indicator} AND NOT f.withdrawn
        AND f.period_start >= {first} AND f.period_end <= {last} AND (f.valid @> {as_of}) IS TRUE
) AS f
WHERE s.rule = {rule}
