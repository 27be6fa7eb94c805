-- The tree over the log, RFC 6962: leaf hashes beside the events, the tree's right edge beside the head, and hashes of
-- whole tiles above the leaves (默克尔树). All are written in the commit's transaction. A log that was begun without
-- hashes cannot be given any afterwards without trusting it as it is: it is refused here.
ALTER TABLE registry.event ADD COLUMN leaf_hash bytea NOT NULL CHECK (octet_length(leaf_hash) = 32);

COMMENT ON COLUMN registry.event.leaf_hash IS 'SHA-256 over 0x00 and the canonical bytes of the row.';

ALTER TABLE registry.head
    ADD COLUMN peaks bytea NOT NULL DEFAULT '',
    ADD CHECK (octet_length(peaks) = 32 * bit_count(position::bit(64)));

COMMENT ON COLUMN registry.head.peaks IS 'The largest whole subtrees from left to right, 32 bytes each: one for each bit of the position.';

-- Level 0 is not here: those hashes stand beside the events. The newest tile of a level is not full yet, and grows.
CREATE TABLE registry.tile (
    level  integer NOT NULL CHECK (level BETWEEN 1 AND 7),
    index  bigint  NOT NULL CHECK (index >= 0),
    hashes bytea   NOT NULL CHECK (octet_length(hashes) BETWEEN 32 AND 8192 AND octet_length(hashes) % 32 = 0),
    PRIMARY KEY (level, index)
);

COMMENT ON TABLE registry.tile IS 'Hashes of the subtrees of 256^level events each, 256 side by side, as C2SP tlog-tiles has them.';

DROP FUNCTION registry.begin_batch;

CREATE FUNCTION registry.begin_batch(
    ids uuid[],
    OUT head_position bigint, OUT head_recorded_at timestamptz, OUT active text, OUT clock timestamptz,
    OUT known registry.command[], OUT peaks bytea
) LANGUAGE plpgsql AS $$
BEGIN
    SELECT * INTO STRICT head_position, head_recorded_at, active, clock FROM registry.lock_head();
    SELECT h.peaks INTO STRICT peaks FROM registry.head h;
    SELECT coalesce(array_agg(c), '{}') INTO known FROM registry.command c WHERE c.id = ANY (ids);
END $$;

DROP FUNCTION registry.advance_head;

-- The arrays give the nodes over whole tiles that the new events completed, in the order of their completion.
CREATE FUNCTION registry.advance_head(
    new_position bigint, new_recorded_at timestamptz, new_peaks bytea,
    levels integer[], indexes bigint[], completed bytea[]
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE registry.head SET position = new_position, recorded_at = new_recorded_at, peaks = new_peaks
    WHERE position <= new_position AND recorded_at < new_recorded_at;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the head would go backwards to position % at %', new_position, new_recorded_at;
    END IF;
    IF cardinality(levels) > 0 THEN
        INSERT INTO registry.tile AS t (level, index, hashes)
        SELECT n.level, n.index / 256, string_agg(n.hash, '' ORDER BY n.index)
        FROM unnest(levels, indexes, completed) AS n (level, index, hash)
        GROUP BY n.level, n.index / 256
        ON CONFLICT (level, index) DO UPDATE SET hashes = t.hashes || excluded.hashes;
    END IF;
    PERFORM pg_notify('kexie_events', new_position::text);
END $$;

-- The root of the tree with these peaks, as an answer needs it from within its own snapshot.
CREATE FUNCTION registry.root_of(peaks bytea) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    root bytea := CASE WHEN peaks = '' THEN sha256('') ELSE substr(peaks, octet_length(peaks) - 31) END;
BEGIN
    FOR i IN REVERSE octet_length(peaks) / 32 - 2 .. 0 LOOP
        root := sha256('\x01'::bytea || substr(peaks, 32 * i + 1, 32) || root);
    END LOOP;
    RETURN root;
END $$;

-- What was signed of the log, and what witnesses signed of it. Sizes only grow.
CREATE TABLE registry.checkpoint (
    size      bigint      PRIMARY KEY CHECK (size >= 0),
    root_hash bytea       NOT NULL CHECK (octet_length(root_hash) = 32),
    note      text        NOT NULL,
    signed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

COMMENT ON COLUMN registry.checkpoint.note IS 'A C2SP signed note: the checkpoint with the signature of the log, without those of witnesses.';

CREATE TABLE registry.cosignature (
    size        bigint      NOT NULL REFERENCES registry.checkpoint,
    witness     text        NOT NULL,
    line        text        NOT NULL,
    accepted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (size, witness)
);

COMMENT ON TABLE registry.cosignature IS 'Lines of the type cosignature/v1 from witnesses that the settings name, verified before they are kept.';
