SELECT pg_advisory_unlock(x'6b65786965'::bigint)
