-- Narrow on purpose: a rename of a parent rewrites its row in "organization", but not what its children refer to.
CREATE TABLE life (
    id            uuid        NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS)
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX life_id ON life (id);

CREATE TABLE life_past (
    LIKE life,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE life_past DROP COLUMN recorded_from;
CREATE INDEX life_past_id ON life_past (id);
