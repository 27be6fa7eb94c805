-- Commands of which one in twenty is refused, as a plain PostgreSQL application does it: the version or the code is
-- looked up, and what is refused is written down as such. All others are `bench/append/same_work.sql`.
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
-- append/same_work.sql
\endif
