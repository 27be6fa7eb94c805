SELECT coalesce(array_agg(DISTINCT g.role), '{}') AS roles
FROM role_grant AS g
WHERE g.principal = $1 AND g.status = 'ACTIVE' AND (g.valid @> $2::date) IS TRUE
