SELECT f.id AS function, f.name, f.description, o.name AS last_holder, last.until AS orphaned_since,
    f.unspecified, f.illustrative
FROM {function} AS f
LEFT JOIN LATERAL (
    SELECT h.holder, upper(h.valid) AS until
    FROM {holding} AS h
    WHERE h.function = f.id AND upper(h.valid) <= {as_of}
    ORDER BY upper(h.valid) DESC
    LIMIT 1
) AS last ON true
LEFT JOIN LATERAL (
    SELECT q.name FROM {organization} AS q WHERE q.id = last.holder AND (q.valid @> (last.until - 1)) IS TRUE OFFSET 0
) AS o ON true
WHERE f.valid @> {as_of} AND NOT f.retired
    AND NOT EXISTS (SELECT FROM {holding} AS h WHERE h.function = f.id AND h.valid @> {as_of})
    AND (last.holder IS NULL OR last.holder IN (SELECT p.id FROM part AS p))
ORDER BY f.pinyin, f.id
