WITH {parts} SELECT
