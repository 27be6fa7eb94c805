-- The log: one order of events, one row that guards it, and the commands that made it (日志).

-- The head is the one row that every commit locks: position order is commit order, without gaps.
CREATE TABLE registry.head (
    only_row    boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    position    bigint      NOT NULL CHECK (position >= 0),
    recorded_at timestamptz NOT NULL,
    projections text
) WITH (fillfactor = 10);

COMMENT ON COLUMN registry.head.position IS 'The position of the newest event; the next one is this plus one.';
COMMENT ON COLUMN registry.head.recorded_at IS 'The instant of the newest command; the next one is later.';
COMMENT ON COLUMN registry.head.projections IS 'The schema that readers read and committers write.';

INSERT INTO registry.head (position, recorded_at) VALUES (0, '1970-01-01 00:00:00+00');

CREATE TABLE registry.event (
    position     bigint      PRIMARY KEY,
    stream_id    uuid        NOT NULL,
    version      integer     NOT NULL CHECK (version > 0),
    topic        text        NOT NULL,
    effective_on date        NOT NULL,
    recorded_at  timestamptz NOT NULL,
    actor        text        NOT NULL,
    command_id   uuid        NOT NULL,
    cause        bigint      CHECK (cause < position),
    corrects     bigint      CHECK (corrects < position),
    instrument   uuid,
    body         bytea       NOT NULL,
    UNIQUE (stream_id, version)
);

CREATE INDEX event_cause ON registry.event (cause) WHERE cause IS NOT NULL;

COMMENT ON TABLE registry.event IS 'Facts in the order in which the registry came to know them. Rows are never changed.';
COMMENT ON COLUMN registry.event.cause IS 'The position of the act that this event is a consequence of.';
COMMENT ON COLUMN registry.event.corrects IS 'The position of the event of the same stream that this one amends or retracts.';
COMMENT ON COLUMN registry.event.body IS 'The event itself as canonical JSON in UTF-8, without what the other columns say.';

CREATE TABLE registry.command (
    id             uuid        PRIMARY KEY,
    digest         bytea       NOT NULL,
    kind           text        NOT NULL,
    actor          text        NOT NULL,
    outcome        text        NOT NULL CHECK (outcome IN ('recorded', 'unchanged', 'refused')),
    refusal        bytea,
    first_position bigint,
    last_position  bigint,
    recorded_at    timestamptz NOT NULL,
    CHECK ((outcome = 'refused') = (refusal IS NOT NULL)),
    CHECK ((outcome = 'recorded') = (first_position IS NOT NULL)),
    CHECK (first_position <= last_position)
);

COMMENT ON TABLE registry.command IS 'Every command decided and what came of it, kept for ever: the same id again gets the same answer.';
COMMENT ON COLUMN registry.command.digest IS 'A keyed hash of the command as sent, to tell a repetition from another command under its id.';

-- Keys that all processes on one database share. A plain hash of a command would give away what it names.
CREATE TABLE registry.secret (
    name  text  PRIMARY KEY,
    value bytea NOT NULL
);

INSERT INTO registry.secret (name, value)
VALUES ('command', sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));

CREATE TABLE registry.token (
    digest     bytea       PRIMARY KEY,
    label      text        NOT NULL,
    role       text        NOT NULL CHECK (role IN ('administrator', 'viewer')),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz,
    revoked_at timestamptz
);

COMMENT ON TABLE registry.token IS 'Access tokens by their hash; the token itself is shown once and never stored.';

-- Which projections exist, and of which shape of code; the head names the one in use.
CREATE TABLE registry.projection (
    name        text        PRIMARY KEY,
    fingerprint text        NOT NULL,
    built_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The clock is read in a statement of its own after the lock is held: read in the locking statement it would be the
-- time before the wait.
CREATE FUNCTION registry.lock_head(
    OUT head_position bigint, OUT head_recorded_at timestamptz, OUT active text, OUT clock timestamptz
) LANGUAGE plpgsql AS $$
BEGIN
    SELECT h.position, h.recorded_at, h.projections INTO STRICT head_position, head_recorded_at, active
    FROM registry.head h FOR UPDATE;
    clock := clock_timestamp();
END $$;

-- What a committer needs to begin, in one round trip: the head, and which commands were decided before. They are looked
-- up by a statement whose snapshot is taken when the lock is held.
CREATE FUNCTION registry.begin_batch(
    ids uuid[],
    OUT head_position bigint, OUT head_recorded_at timestamptz, OUT active text, OUT clock timestamptz,
    OUT known registry.command[]
) LANGUAGE plpgsql AS $$
BEGIN
    SELECT * INTO STRICT head_position, head_recorded_at, active, clock FROM registry.lock_head();
    SELECT coalesce(array_agg(c), '{}') INTO known FROM registry.command c WHERE c.id = ANY (ids);
END $$;

CREATE FUNCTION registry.advance_head(new_position bigint, new_recorded_at timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE registry.head SET position = new_position, recorded_at = new_recorded_at
    WHERE position <= new_position AND recorded_at < new_recorded_at;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the head would go backwards to position % at %', new_position, new_recorded_at;
    END IF;
    PERFORM pg_notify('kexie_events', new_position::text);
END $$;
