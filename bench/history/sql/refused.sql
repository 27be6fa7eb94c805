-- Commands of which one in twenty is refused, as a plain PostgreSQL application does it: the version or the code is
-- looked up, and what is refused is written down as such. All others write the rows of `establishOrganization`.
\set turn :turn + 1
\set number random(1, 9223372036854775806)
\set parent random(1, 50)
\if :turn % 40 = 0
BEGIN;
SELECT max(version) = 1 AS expected FROM registry.event WHERE stream_id = md5('parent ' || :parent::bigint)::uuid \gset
INSERT INTO registry.command (id, digest, kind, actor, outcome, refusal, recorded_at)
VALUES (
    md5('command ' || :number::bigint)::uuid,
    sha256(int8send(:number::bigint)),
    'RenameOrganization',
    'bench',
    'refused',
    convert_to('{"code":"refused"}', 'UTF8'),
    clock_timestamp()
);
COMMIT;
\elif :turn % 20 = 0
BEGIN;
SELECT EXISTS (
    SELECT FROM identifier WHERE scheme = 'CODE' AND value = 'PARENT-1' AND valid @> DATE '2018-05-01'
) AS taken \gset
INSERT INTO registry.command (id, digest, kind, actor, outcome, refusal, recorded_at)
VALUES (
    md5('command ' || :number::bigint)::uuid,
    sha256(int8send(:number::bigint)),
    'EstablishOrganization',
    'bench',
    'refused',
    convert_to('{"code":"refused"}', 'UTF8'),
    clock_timestamp()
);
COMMIT;
\else
BEGIN;
INSERT INTO registry.event (
    position, stream_id, version, topic, effective_on, recorded_at, actor, command_id, cause, body, leaf_hash
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
        ),
        sha256(int8send(:number::bigint))
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
        ),
        sha256(int8send(:parent::bigint))
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
    id, name, pinyin, short_name, kind, status, code, illustrative, position, precision, assumed, founded,
    valid, recorded_from
)
VALUES (
    md5('organization ' || :number::bigint)::uuid,
    '大连市第' || currval('registry.bench_position') || '科学技术研究会',
    'da4大lian2连shi4市di4第' || currval('registry.bench_position') || 'ke1科xue2学ji4技shu4术yan2研jiu1究hui4会',
    '第' || currval('registry.bench_position') || '研究会',
    'SOCIETY',
    'ACTIVE',
    'SOCIETY-' || currval('registry.bench_position'),
    false,
    currval('registry.bench_position'),
    'DAY',
    false,
    'DAY',
    daterange(DATE '2018-05-01', NULL),
    clock_timestamp()
);
-- The names as searches look for them. Their spelling is known; the number's digits are cut up as the registry does.
INSERT INTO naming (entity, role, name, noun, folded, letters, initials, grams, valid, recorded_from)
SELECT
    md5('organization ' || :number::bigint)::uuid, n.role, n.name, 'organization', n.name,
    n.letters, n.initials, n.grams || d.grams, daterange(DATE '2018-05-01', NULL), clock_timestamp()
FROM (SELECT currval('registry.bench_position')::text AS number) AS p
CROSS JOIN LATERAL (
    VALUES
        (
            'NAME', '大连市第' || p.number || '科学技术研究会',
            ' dalianshidi' || p.number || 'kexuejishuyanjiuhui ', ' dlsd' || p.number || 'kxjsyjh ',
            ' 大连 连市 市第 科学 学技 技术 术研 研究 究会 dal ali lia ian ans nsh shi hid idi kex exu xue uej eji jis'
            || ' ish shu huy uya yan anj nji jiu iuh uhu hui dl ls sd kx xj js sy yj jh dls lsd kxj xjs jsy syj yjh'
            || ' da li sh di ke xu ji ya hu '
        ),
        (
            'SHORT_NAME', '第' || p.number || '研究会',
            ' di' || p.number || 'yanjiuhui ', ' d' || p.number || 'yjh ',
            ' 研究 究会 yan anj nji jiu iuh uhu hui yj jh yjh di ya ji hu '
        )
) AS n (role, name, letters, initials, grams)
CROSS JOIN LATERAL (
    SELECT string_agg(substr('di' || p.number || 'ke', i, 3), ' ') || ' '
        || string_agg(substr('d' || p.number || 'k', i, 2), ' ') || ' ' AS grams
    FROM generate_series(1, length(p.number) + 2) AS i
) AS d;
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
\endif
