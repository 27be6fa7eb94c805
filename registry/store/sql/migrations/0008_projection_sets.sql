-- A set of projections is built beside the one in use (投影集): begun, filled as of a position, built when it came into
-- use, retired when the next one did, and then kept for readers that began before.
ALTER TABLE registry.projection
    ALTER built_at DROP NOT NULL,
    ALTER built_at DROP DEFAULT,
    ADD begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ADD position bigint CHECK (position >= 0),
    ADD retired_at timestamptz;

COMMENT ON TABLE registry.projection IS 'Sets of projections, each in the schema of its name; the head names the one in use.';
COMMENT ON COLUMN registry.projection.fingerprint IS 'The shape of the code that made it: only such code reads and writes it.';
COMMENT ON COLUMN registry.projection.built_at IS 'When it came into use; none while it is being built.';
COMMENT ON COLUMN registry.projection.position IS 'Up to which event it was built before it came into use; none while nothing is in it.';
COMMENT ON COLUMN registry.projection.retired_at IS 'When another came into use.';

UPDATE registry.projection SET retired_at = clock_timestamp()
WHERE name <> (SELECT h.projections FROM registry.head AS h);
