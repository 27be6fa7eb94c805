CREATE TABLE affiliation (
    id                 uuid        NOT NULL,
    person             uuid        NOT NULL,
    branch             uuid        NOT NULL,
    stage              text        NOT NULL,
    letter             text,
    letter_valid_until date,
    transferred_on     date,
    received_on        date,
    end_reason         text,
    position           bigint      NOT NULL,
    instrument         uuid,
    valid              daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from      timestamptz NOT NULL,
    -- Both ends while it lasts: one that ended is still shown, and outlives them.
    open_person        uuid        GENERATED ALWAYS AS (CASE WHEN end_reason IS NULL THEN person END) STORED,
    open_branch        uuid        GENERATED ALWAYS AS (CASE WHEN end_reason IS NULL THEN branch END) STORED,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS),
    CONSTRAINT affiliation_within_life_of_person FOREIGN KEY (open_person, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT affiliation_within_life_of_branch FOREIGN KEY (open_branch, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX affiliation_id ON affiliation (id);
CREATE INDEX affiliation_person ON affiliation (person);
CREATE INDEX affiliation_branch ON affiliation (branch);
-- By these the database looks for what a life that becomes shorter leaves behind.
CREATE INDEX affiliation_open_person ON affiliation (open_person);
CREATE INDEX affiliation_open_branch ON affiliation (open_branch);

CREATE TABLE affiliation_past (
    LIKE affiliation,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE affiliation_past DROP COLUMN recorded_from, DROP COLUMN open_person, DROP COLUMN open_branch;
CREATE INDEX affiliation_past_id ON affiliation_past (id);
CREATE INDEX affiliation_past_person ON affiliation_past (person);
CREATE INDEX affiliation_past_branch ON affiliation_past (branch);
