-- One command as a plain PostgreSQL application writes it: a transaction of its own, a statement a table, no lock
-- beyond what the constraints take, and so no order of commits either. The rows are those of the registry.
\set number random(1, 9223372036854775806)
\set parent random(1, 50)
BEGIN;
INSERT INTO registry.event (
    position, stream_id, version, topic, effective_on, recorded_at, actor, command_id, cause, body
)
VALUES
    (
        nextval('registry.bench_position'),
        md5('organization ' || :number::bigint)::uuid,
        1,
        'organization.established',
        DATE '2018-05-01',
        clock_timestamp(),
        'bench',
        md5('command ' || :number::bigint)::uuid,
        NULL,
        convert_to(
            '{"effective_on":"2018-05-01","name":"大连市第' || currval('registry.bench_position')
            || '科学技术研究会","kind":"SOCIETY","short_name":"第' || currval('registry.bench_position')
            || '研究会","code":"SOCIETY-' || currval('registry.bench_position') || '","profile":{}}',
            'UTF8'
        )
    ),
    (
        currval('registry.bench_position') + 1,
        md5('organization ' || :number::bigint)::uuid,
        2,
        'organization.relation_opened',
        DATE '2018-05-01',
        clock_timestamp(),
        'bench',
        md5('command ' || :number::bigint)::uuid,
        currval('registry.bench_position'),
        convert_to(
            '{"effective_on":"2018-05-01","hierarchy":"PART_OF","superior":"'
            || md5('parent ' || :parent::bigint)::uuid || '"}',
            'UTF8'
        )
    );
INSERT INTO registry.command (id, digest, kind, actor, outcome, first_position, last_position, recorded_at)
VALUES (
    md5('command ' || :number::bigint)::uuid,
    sha256(int8send(:number::bigint)),
    'EstablishOrganization',
    'bench',
    'recorded',
    currval('registry.bench_position'),
    currval('registry.bench_position') + 1,
    clock_timestamp()
);
INSERT INTO life (id, valid, recorded_from)
VALUES (
    md5('organization ' || :number::bigint)::uuid,
    daterange(DATE '2018-05-01', NULL),
    clock_timestamp()
);
INSERT INTO organization (
    id, name, short_name, kind, status, code, illustrative, position, valid, recorded_from
)
VALUES (
    md5('organization ' || :number::bigint)::uuid,
    '大连市第' || currval('registry.bench_position') || '科学技术研究会',
    '第' || currval('registry.bench_position') || '研究会',
    'SOCIETY',
    'ACTIVE',
    'SOCIETY-' || currval('registry.bench_position'),
    false,
    currval('registry.bench_position'),
    daterange(DATE '2018-05-01', NULL),
    clock_timestamp()
);
INSERT INTO relation (subordinate, hierarchy, superior, position, valid, recorded_from)
VALUES (
    md5('organization ' || :number::bigint)::uuid,
    'PART_OF',
    md5('parent ' || :parent::bigint)::uuid,
    currval('registry.bench_position') + 1,
    daterange(DATE '2018-05-01', NULL),
    clock_timestamp()
);
INSERT INTO identifier (entity, scheme, value, valid, recorded_from)
VALUES (
    md5('organization ' || :number::bigint)::uuid,
    'CODE',
    'SOCIETY-' || currval('registry.bench_position'),
    daterange(DATE '2018-05-01', NULL),
    clock_timestamp()
);
COMMIT;
