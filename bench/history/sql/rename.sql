-- The rows of `renameOrganization` as a plain PostgreSQL application writes them: what was believed is kept as the
-- past, what was valid ends, what is valid begins. Each connection has its own societies: nobody waits for anybody.
\set turn :turn + 1
\set society :client_id + :clients * (:turn % :each)
\set number random(1, 9223372036854775806)
BEGIN;
INSERT INTO registry.event (
    position, stream_id, version, topic, effective_on, recorded_at, actor, command_id, cause, body, leaf_hash
)
SELECT
    nextval('registry.bench_position'),
    o.id,
    (SELECT max(e.version) + 1 FROM registry.event AS e WHERE e.stream_id = o.id),
    'organization.renamed',
    lower(o.valid) + 1,
    clock_timestamp(),
    'bench',
    md5('command ' || :number::bigint)::uuid,
    NULL,
    convert_to(
        '{"effective_on":"' || lower(o.valid) + 1 || '","name":"大连市科学技术学会第' || :turn::integer || '次更名"}',
        'UTF8'
    ),
    sha256(int8send(:number::bigint))
FROM organization AS o
WHERE o.id = md5('old ' || :society::integer)::uuid AND upper_inf(o.valid);
INSERT INTO registry.command (id, digest, kind, actor, outcome, first_position, last_position, recorded_at)
VALUES (
    md5('command ' || :number::bigint)::uuid,
    sha256(int8send(:number::bigint)),
    'RenameOrganization',
    'bench',
    'recorded',
    currval('registry.bench_position'),
    currval('registry.bench_position'),
    clock_timestamp()
);
WITH ended AS (
    UPDATE organization
    SET valid = daterange(lower(valid), lower(valid) + 1), recorded_from = clock_timestamp()
    WHERE id = md5('old ' || :society::integer)::uuid AND upper_inf(valid)
    RETURNING old.*
), past AS (
    INSERT INTO organization_past (
        id, name, pinyin, short_name, kind, status, code, tier, base, formation, subtype, discipline,
        welfare_class, illustrative, position, instrument, precision, assumed, founded, valid, recorded
    )
    SELECT
        id, name, pinyin, short_name, kind, status, code, tier, base, formation, subtype, discipline,
        welfare_class, illustrative, position, instrument, precision, assumed, founded, valid,
        tstzrange(recorded_from, clock_timestamp())
    FROM ended
)
INSERT INTO organization (
    id, name, pinyin, short_name, kind, status, code, tier, base, formation, subtype, discipline,
        welfare_class, illustrative, position, instrument, precision, assumed, founded, valid, recorded_from
)
SELECT
    id,
    '大连市科学技术学会第' || :turn::integer || '次更名',
    'da4大lian2连shi4市ke1科xue2学ji4技shu4术xue2学hui4会di4第' || :turn::integer || 'ci4次geng1更ming2名',
    short_name, kind, status, code, tier, base, formation, subtype, discipline, welfare_class, illustrative,
    currval('registry.bench_position'),
    instrument, precision, assumed, founded, daterange(lower(valid) + 1, NULL), clock_timestamp()
FROM ended;
WITH ended AS (
    UPDATE naming
    SET valid = daterange(lower(valid), lower(valid) + 1), recorded_from = clock_timestamp()
    WHERE entity = md5('old ' || :society::integer)::uuid AND upper_inf(valid)
    RETURNING old.*
), past AS (
    INSERT INTO naming_past (entity, role, name, noun, folded, letters, initials, grams, valid, recorded)
    SELECT
        entity, role, name, noun, folded, letters, initials, grams, valid,
        tstzrange(recorded_from, clock_timestamp())
    FROM ended
)
INSERT INTO naming (entity, role, name, noun, folded, letters, initials, grams, valid, recorded_from)
SELECT
    entity,
    role,
    '大连市科学技术学会第' || :turn::integer || '次更名',
    noun,
    '大连市科学技术学会第' || :turn::integer || '次更名',
    ' dalianshikexuejishuxuehuidi' || :turn::integer || 'cigengming ',
    ' dlskxjsxhd' || :turn::integer || 'cgm ',
    ' 大连 连市 市科 科学 学技 技术 术学 学会 会第 次更 更名 dal ali lia ian ans nsh shi hik ike kex exu xue uej eji jis ish'
    || ' shu hux uxu ueh ehu hui uid idi di' || substr(:turn::integer::text, 1, 1) || ' cig ige gen eng ngm gmi min ing'
    || ' dl ls sk kx xj js sx xh hd d' || :turn::integer || ' cg gm dls lsk skx kxj xjs jsx sxh xhd hd'
    || substr(:turn::integer::text, 1, 1) || ' cgm da li sh ke xu ji hu di ci ge mi ',
    daterange(lower(valid) + 1, NULL),
    clock_timestamp()
FROM ended;
COMMIT;
