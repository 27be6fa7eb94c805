SELECT p.name
FROM registry.projection AS p
CROSS JOIN registry.head AS h
WHERE p.retired_at < clock_timestamp() - $1::interval AND p.name <> h.projections
ORDER BY p.retired_at
