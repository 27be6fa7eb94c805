SELECT DISTINCT g.role, g.root, string_to_array(g.scopes, ' ') AS scopes
FROM role_grant AS g
WHERE g.principal = $1 AND g.status = 'ACTIVE' AND (g.valid @> $2::date) IS TRUE
