CREATE TABLE participation (
    id                uuid        NOT NULL,
    person            uuid        NOT NULL,
    organization      uuid        NOT NULL,
    role              text        NOT NULL,
    ended             boolean     NOT NULL,
    position          bigint      NOT NULL,
    instrument        uuid,
    valid             daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from     timestamptz NOT NULL,
    -- Both ends while it lasts: one that ended is still shown, and outlives them.
    open_person       uuid        GENERATED ALWAYS AS (CASE WHEN NOT ended THEN person END) STORED,
    open_organization uuid        GENERATED ALWAYS AS (CASE WHEN NOT ended THEN organization END) STORED,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS),
    CONSTRAINT participation_within_life_of_person FOREIGN KEY (open_person, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT participation_within_life_of_organization FOREIGN KEY (open_organization, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX participation_id ON participation (id);
CREATE INDEX participation_person ON participation (person);
CREATE INDEX participation_organization ON participation (organization);
-- By these the database looks for what a life that becomes shorter leaves behind.
CREATE INDEX participation_open_person ON participation (open_person);
CREATE INDEX participation_open_organization ON participation (open_organization);

CREATE TABLE participation_past (
    LIKE participation,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE participation_past DROP COLUMN recorded_from, DROP COLUMN open_person, DROP COLUMN open_organization;
CREATE INDEX participation_past_id ON participation_past (id);
CREATE INDEX participation_past_person ON participation_past (person);
CREATE INDEX participation_past_organization ON participation_past (organization);
