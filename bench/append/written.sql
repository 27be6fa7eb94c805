-- What a run left: the log with its ends, and the read models that one command of it writes.
SELECT
    (SELECT count(*) FROM registry.command WHERE outcome = 'recorded') AS commands,
    (SELECT count(*) FROM registry.event) AS events,
    (SELECT min(position) FROM registry.event) AS first_position,
    (SELECT max(position) FROM registry.event) AS last_position,
    (SELECT position FROM registry.head) AS head_position,
    (SELECT count(*) FROM organization) AS organizations,
    (SELECT count(*) FROM life) AS lives,
    (SELECT count(*) FROM relation) AS relations,
    (SELECT count(*) FROM identifier) AS identifiers
