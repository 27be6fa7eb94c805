-- One that ended is shown as it was; what it pointed at may be gone by then, so only the living days refer to it.
CREATE TABLE programme (
    id            uuid        NOT NULL,
    name          text        NOT NULL,
    pinyin        text        NOT NULL COLLATE "C",
    owner         uuid        NOT NULL,
    launched_on   date        NOT NULL,
    until         date,
    ended_on      date,
    illustrative  boolean     NOT NULL,
    position      bigint      NOT NULL,
    instrument    uuid,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    living        daterange   GENERATED ALWAYS AS (CASE WHEN ended_on IS NULL THEN valid END) STORED,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS),
    CONSTRAINT programme_within_life_of_owner FOREIGN KEY (owner, PERIOD living)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX programme_id ON programme (id);
CREATE INDEX programme_owner ON programme (owner);

CREATE TABLE programme_past (
    LIKE programme,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE programme_past DROP COLUMN recorded_from, DROP COLUMN living;
CREATE INDEX programme_past_id ON programme_past (id);
CREATE INDEX programme_past_owner ON programme_past (owner);
