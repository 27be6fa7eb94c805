CREATE TABLE person (
    id            uuid        NOT NULL,
    illustrative  boolean     NOT NULL,
    deceased      boolean     NOT NULL,
    position      bigint      NOT NULL,
    instrument    uuid,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS)
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX person_id ON person (id);

CREATE TABLE person_past (
    LIKE person,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE person_past DROP COLUMN recorded_from;
CREATE INDEX person_past_id ON person_past (id);
