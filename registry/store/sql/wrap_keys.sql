UPDATE registry.person_key AS k SET wrapped = anew.wrapped, master = $3
FROM unnest($1::uuid[], $2::bytea[]) AS anew (person, wrapped)
WHERE k.person = anew.person AND k.wrapped IS NOT NULL
