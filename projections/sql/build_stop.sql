-- Wait until nobody works on any set, until this transaction ends.
SELECT pg_advisory_xact_lock(7307496023512417)
