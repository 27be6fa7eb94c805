-- One event a transaction, committed by itself: no command, no read model, no order of commits.
\set id random(1000, 9223372036854775806)
INSERT INTO event (stream, version, topic, effective_on, recorded_at, actor, command_id, body)
VALUES (
    lpad(to_hex(:id::bigint), 32, '0')::uuid,
    1,
    'organization-established',
    DATE '2018-05-01',
    clock_timestamp(),
    'bench',
    lpad(to_hex(:id::bigint), 32, 'c')::uuid,
    repeat('x', 250)::bytea
);
