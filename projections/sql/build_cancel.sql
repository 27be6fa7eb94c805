-- End the statements of those who work on sets: what they do would be in vain, and an index may take a while.
SELECT count(pg_cancel_backend(pid))
FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user AND application_name = 'kexie rebuild'
