-- One that ended is shown as it was; what it pointed at may be gone by then, so only the living days refer to it.
CREATE TABLE mandate (
    id            uuid        NOT NULL,
    name          text        NOT NULL,
    pinyin        text        NOT NULL COLLATE "C",
    category      text        NOT NULL,
    status        text        NOT NULL,
    holder        uuid        NOT NULL,
    grantor       uuid,
    granted_on    date        NOT NULL,
    until         date,
    ended_on      date,
    illustrative  boolean     NOT NULL,
    position      bigint      NOT NULL,
    instrument    uuid,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    living        daterange   GENERATED ALWAYS AS (CASE WHEN status = 'ACTIVE' THEN valid END) STORED,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS),
    CONSTRAINT mandate_within_life_of_holder FOREIGN KEY (holder, PERIOD living)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT mandate_within_life_of_grantor FOREIGN KEY (grantor, PERIOD living)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX mandate_id ON mandate (id);
CREATE INDEX mandate_holder ON mandate (holder);
CREATE INDEX mandate_grantor ON mandate (grantor);

CREATE TABLE mandate_past (
    LIKE mandate,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE mandate_past DROP COLUMN recorded_from, DROP COLUMN living;
CREATE INDEX mandate_past_id ON mandate_past (id);
CREATE INDEX mandate_past_holder ON mandate_past (holder);
CREATE INDEX mandate_past_grantor ON mandate_past (grantor);
