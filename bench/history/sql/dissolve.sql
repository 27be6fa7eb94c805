-- The rows of `dissolveOrganization` with a rule that moves ten branches, as a plain PostgreSQL application writes
-- them: eleven events on eleven streams; what was believed is kept as the past. Each connection has its own groups.
\set group :client_id + :clients * :turn
\set society random(0, :societies - 1)
\set turn :turn + 1
\set number random(1, 9223372036854775806)
BEGIN;
INSERT INTO registry.event (
    position, stream_id, version, topic, effective_on, recorded_at, actor, command_id, cause, body, leaf_hash
)
VALUES (
    nextval('registry.bench_position'),
    md5('group ' || :group::integer)::uuid,
    3,
    'organization.dissolved',
    DATE '2022-03-02',
    clock_timestamp(),
    'bench',
    md5('command ' || :number::bigint)::uuid,
    NULL,
    convert_to(
        '{"effective_on":"2022-03-02","rules":[{"reference":"PART_OF","move_to":"'
        || md5('fresh ' || :society::integer)::uuid || '"}]}',
        'UTF8'
    ),
    sha256(int8send(:number::bigint))
);
INSERT INTO registry.event (
    position, stream_id, version, topic, effective_on, recorded_at, actor, command_id, cause, body, leaf_hash
)
SELECT
    head.position + 1 + place,
    md5('member ' || :group::integer || ' ' || place)::uuid,
    3,
    'organization.relation_opened',
    DATE '2022-03-02',
    clock_timestamp(),
    'bench',
    md5('command ' || :number::bigint)::uuid,
    head.position,
    convert_to(
        '{"effective_on":"2022-03-02","hierarchy":"PART_OF","superior":"'
        || md5('fresh ' || :society::integer)::uuid || '"}',
        'UTF8'
    ),
    sha256(int8send(:number::bigint + place))
FROM (SELECT currval('registry.bench_position') AS position) AS head
CROSS JOIN generate_series(0, 9) AS place;
INSERT INTO registry.command (id, digest, kind, actor, outcome, first_position, last_position, recorded_at)
VALUES (
    md5('command ' || :number::bigint)::uuid,
    sha256(int8send(:number::bigint)),
    'DissolveOrganization',
    'bench',
    'recorded',
    currval('registry.bench_position'),
    currval('registry.bench_position') + 10,
    clock_timestamp()
);
WITH ended AS (
    UPDATE organization
    SET valid = daterange(lower(valid), DATE '2022-03-02'), recorded_from = clock_timestamp()
    WHERE id = md5('group ' || :group::integer)::uuid AND upper_inf(valid)
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
    id, name, pinyin, short_name, kind, 'DISSOLVED', code, tier, base, formation, subtype, discipline, welfare_class,
    illustrative, currval('registry.bench_position'), instrument, precision, assumed, founded,
    daterange(DATE '2022-03-02', NULL), clock_timestamp()
FROM ended;
WITH ended AS (
    UPDATE life
    SET valid = daterange(lower(valid), DATE '2022-03-02'), recorded_from = clock_timestamp()
    WHERE id = md5('group ' || :group::integer)::uuid AND upper_inf(valid)
    RETURNING old.*
)
INSERT INTO life_past (id, valid, recorded)
SELECT id, valid, tstzrange(recorded_from, clock_timestamp()) FROM ended;
WITH ended AS (
    UPDATE identifier
    SET valid = daterange(lower(valid), DATE '2022-03-02'), recorded_from = clock_timestamp()
    WHERE entity = md5('group ' || :group::integer)::uuid AND upper_inf(valid)
    RETURNING old.*
)
INSERT INTO identifier_past (entity, scheme, value, valid, recorded)
SELECT entity, scheme, value, valid, tstzrange(recorded_from, clock_timestamp()) FROM ended;
WITH ended AS (
    UPDATE relation
    SET valid = daterange(lower(valid), DATE '2022-03-02'), recorded_from = clock_timestamp()
    WHERE upper_inf(valid)
        AND (
            superior = md5('group ' || :group::integer)::uuid OR subordinate = md5('group ' || :group::integer)::uuid
        )
    RETURNING old.*
), past AS (
    INSERT INTO relation_past (subordinate, hierarchy, superior, position, valid, recorded)
    SELECT subordinate, hierarchy, superior, position, valid, tstzrange(recorded_from, clock_timestamp())
    FROM ended
)
INSERT INTO relation (subordinate, hierarchy, superior, position, valid, recorded_from)
SELECT
    subordinate,
    hierarchy,
    md5('fresh ' || :society::integer)::uuid,
    currval('registry.bench_position') + row_number() OVER (),
    daterange(DATE '2022-03-02', NULL),
    clock_timestamp()
FROM ended
WHERE superior = md5('group ' || :group::integer)::uuid;
COMMIT;
