-- How far a copy has come, and whether it is a copy of the primary ($3) at all, and has replayed what that had ($1, $2).
SELECT
    h.position,
    pg_is_in_recovery() AND s.system_identifier = $3 AS is_copy,
    coalesce(pg_last_wal_replay_lsn() >= $1, FALSE) AND h.position >= $2 AS is_level
FROM registry.head AS h
CROSS JOIN pg_control_system() AS s
