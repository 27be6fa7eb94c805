SELECT person, wrapped, master FROM registry.person_key WHERE person = ANY ($1::uuid[])
