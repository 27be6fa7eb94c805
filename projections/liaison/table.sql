-- One that ended is shown as it was; what it pointed at may be gone by then, so only the living days refer to it.
CREATE TABLE liaison (
    id            uuid        NOT NULL,
    cadre         uuid        NOT NULL,
    scientist     uuid        NOT NULL CHECK (scientist <> cadre),
    begun_on      date        NOT NULL,
    ended_on      date,
    illustrative  boolean     NOT NULL,
    position      bigint      NOT NULL,
    instrument    uuid,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    living        daterange   GENERATED ALWAYS AS (CASE WHEN ended_on IS NULL THEN valid END) STORED,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS),
    CONSTRAINT liaison_within_life_of_cadre FOREIGN KEY (cadre, PERIOD living)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT liaison_within_life_of_scientist FOREIGN KEY (scientist, PERIOD living)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX liaison_id ON liaison (id);
CREATE INDEX liaison_cadre ON liaison (cadre);
CREATE INDEX liaison_scientist ON liaison (scientist);

CREATE TABLE liaison_past (
    LIKE liaison,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE liaison_past DROP COLUMN recorded_from, DROP COLUMN living;
CREATE INDEX liaison_past_id ON liaison_past (id);
CREATE INDEX liaison_past_cadre ON liaison_past (cadre);
CREATE INDEX liaison_past_scientist ON liaison_past (scientist);
