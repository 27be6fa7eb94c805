-- Identifiers of relations of erased persons, which name them.
DELETE FROM {table} AS i
USING unnest($1::uuid[]) AS gone (person)
WHERE i.entity = ANY ($2::uuid[]) AND strpos(i.value, gone.person::text) > 0
