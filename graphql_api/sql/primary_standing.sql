-- What a copy has to have replayed to be as new as this moment: the write-ahead log, and the register's own.
SELECT pg_current_wal_lsn() AS lsn, h.position, s.system_identifier
FROM registry.head AS h
CROSS JOIN pg_control_system() AS s
