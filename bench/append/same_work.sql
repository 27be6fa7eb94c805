-- One command as a plain PostgreSQL application writes it: a transaction of its own, a statement a
-- table, no lock beyond what the constraints take, and so no order of commits either.
\set id random(1000, 9223372036854775806)
\set parent random(1, 50)
BEGIN;
WITH recorded AS (
    INSERT INTO event (stream, version, topic, effective_on, recorded_at, actor, command_id, body)
    SELECT
        lpad(to_hex(:id::bigint), 32, '0')::uuid,
        fact.version,
        fact.topic,
        DATE '2018-05-01',
        clock_timestamp(),
        'bench',
        lpad(to_hex(:id::bigint), 32, 'c')::uuid,
        repeat('x', 250)::bytea
    FROM (VALUES (1, 'organization-established'), (2, 'superior-assigned')) AS fact (version, topic)
    RETURNING position
)
INSERT INTO command (id, input_hash, outcome, first_position, last_position)
SELECT
    lpad(to_hex(:id::bigint), 32, 'c')::uuid,
    sha256(int8send(:id::bigint)),
    'accepted',
    min(position),
    max(position)
FROM recorded;
INSERT INTO organization (id, valid, recorded, kind, name, short_name, status, code)
VALUES (
    lpad(to_hex(:id::bigint), 32, '0')::uuid,
    daterange(DATE '2018-05-01', NULL),
    tstzrange(clock_timestamp(), NULL),
    'SOCIETY',
    'society ' || :id::bigint,
    's' || :id::bigint,
    'ACTIVE',
    to_hex(:id::bigint)
);
INSERT INTO life (id, valid)
VALUES (lpad(to_hex(:id::bigint), 32, '0')::uuid, daterange(DATE '2018-05-01', NULL));
INSERT INTO relation (hierarchy, child, superior, valid, recorded)
VALUES (
    'PART_OF',
    lpad(to_hex(:id::bigint), 32, '0')::uuid,
    lpad(to_hex(:parent::bigint), 32, '0')::uuid,
    daterange(DATE '2018-05-01', NULL),
    tstzrange(clock_timestamp(), NULL)
);
INSERT INTO identifier (organization, scheme, value, valid)
VALUES (
    lpad(to_hex(:id::bigint), 32, '0')::uuid,
    'uscc',
    to_hex(:id::bigint),
    daterange(DATE '2018-05-01', NULL)
);
COMMIT;
