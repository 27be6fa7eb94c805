SELECT i.scheme, i.value, i.entity, lower(i.valid) AS begins, upper(i.valid) AS ends
FROM unnest($1::text[], $2::text[]) AS wanted (scheme, value)
-- Each is looked up by itself: a plan for the join, made while the table was small, would read the whole index ever after.
CROSS JOIN LATERAL (
    SELECT * FROM identifier WHERE identifier.scheme = wanted.scheme AND identifier.value = wanted.value OFFSET 0
) AS i
