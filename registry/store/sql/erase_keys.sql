-- A person without personal data has no key; the row says all the same that none is to be made.
INSERT INTO registry.person_key (person, erased_at)
SELECT person, clock_timestamp() FROM unnest($1::uuid[]) AS erased (person)
ON CONFLICT (person) DO UPDATE SET wrapped = NULL, master = NULL, erased_at = excluded.erased_at
WHERE person_key.wrapped IS NOT NULL
