CREATE TABLE instrument (
    id            uuid        NOT NULL,
    number        text,
    title         text        NOT NULL,
    pinyin        text        NOT NULL COLLATE "C",
    issuer        text,
    sha256        text,
    repealed      boolean     NOT NULL,
    position      bigint      NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS)
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX instrument_id ON instrument (id);

CREATE TABLE instrument_past (
    LIKE instrument,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE instrument_past DROP COLUMN recorded_from;
CREATE INDEX instrument_past_id ON instrument_past (id);
