-- The key is the word "kexie" in ASCII. The lock belongs to the session, since each file is a transaction of its own.
SELECT pg_advisory_lock(x'6b65786965'::bigint)
