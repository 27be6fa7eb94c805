-- Positions in pairs, two events a command: no lock orders them, so they are neither gapless nor in commit order.
CREATE SEQUENCE registry.bench_position INCREMENT BY 2;

-- The root is number 0, the parents of new organizations are numbers 1 to 50.
CREATE TEMPORARY TABLE seed AS
SELECT
    number,
    md5('parent ' || number)::uuid AS id,
    md5('parent command ' || number)::uuid AS command_id,
    nextval('registry.bench_position') AS position,
    clock_timestamp() AS recorded_at,
    daterange(DATE '2018-05-01', NULL) AS valid,
    '第' || number || '区科学技术协会' AS name,
    'PARENT-' || number AS code
FROM generate_series(0, 50) AS number;

INSERT INTO registry.event (
    position, stream_id, version, topic, effective_on, recorded_at, actor, command_id, cause, body, leaf_hash
)
SELECT
    position, id, 1, 'organization.established', DATE '2018-05-01', recorded_at, 'bench', command_id, NULL,
    convert_to(
        json_build_object('effective_on', '2018-05-01', 'name', name, 'kind', 'ASSOCIATION', 'code', code)::text,
        'UTF8'
    ),
    sha256(int8send(position))
FROM seed
UNION ALL
SELECT
    position + 1, id, 2, 'organization.relation_opened', DATE '2018-05-01', recorded_at, 'bench', command_id, position,
    convert_to(
        json_build_object(
            'effective_on', '2018-05-01', 'hierarchy', 'PART_OF', 'superior', md5('parent 0')::uuid
        )::text,
        'UTF8'
    ),
    sha256(int8send(position + 1))
FROM seed
WHERE number > 0;

INSERT INTO registry.command (id, digest, kind, actor, outcome, first_position, last_position, recorded_at)
SELECT
    command_id, sha256(convert_to(name, 'UTF8')), 'EstablishOrganization', 'bench', 'recorded',
    position, position + (number > 0)::integer, recorded_at
FROM seed;

INSERT INTO organization (
    id, name, pinyin, kind, status, code, illustrative, position, precision, assumed, founded, valid, recorded_from
)
SELECT id, name, name, 'ASSOCIATION', 'ACTIVE', code, false, position, 'DAY', false, 'DAY', valid, recorded_at
FROM seed;

INSERT INTO naming (entity, role, name, noun, folded, letters, initials, grams, valid, recorded_from)
SELECT id, 'NAME', name, 'organization', name, ' keji ', ' kj ', ' 科学 学技 ', valid, recorded_at FROM seed;

INSERT INTO life (id, valid, recorded_from) SELECT id, valid, recorded_at FROM seed;

INSERT INTO relation (subordinate, hierarchy, superior, position, valid, recorded_from)
SELECT id, 'PART_OF', md5('parent 0')::uuid, position + 1, valid, recorded_at FROM seed WHERE number > 0;

INSERT INTO identifier (entity, scheme, value, valid, recorded_from)
SELECT id, 'CODE', code, valid, recorded_at FROM seed;
