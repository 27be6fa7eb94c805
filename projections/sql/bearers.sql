SELECT i.scheme, i.value, i.entity, lower(i.valid) AS begins, upper(i.valid) AS ends
FROM unnest($1::text[], $2::text[]) AS wanted (scheme, value)
JOIN identifier AS i ON i.scheme = wanted.scheme AND i.value = wanted.value
