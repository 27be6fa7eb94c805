-- One event a transaction, committed by itself: no command, no read model, no order of commits.
\set number random(1, 9223372036854775806)
INSERT INTO registry.event (position, stream_id, version, topic, effective_on, recorded_at, actor, command_id, body, leaf_hash)
VALUES (
    nextval('registry.bench_position'),
    md5('organization ' || :number::bigint)::uuid,
    1,
    'organization.established',
    DATE '2018-05-01',
    clock_timestamp(),
    'bench',
    md5('command ' || :number::bigint)::uuid,
    convert_to(
        '{"effective_on":"2018-05-01","name":"大连市第' || currval('registry.bench_position')
        || '科学技术研究会","kind":"SOCIETY","short_name":"第' || currval('registry.bench_position')
        || '研究会","code":"SOCIETY-' || currval('registry.bench_position') || '","profile":{}}',
        'UTF8'
    ),
    sha256(int8send(:number::bigint))
);
