-- Narrow on purpose: a rename of a parent rewrites its row in "organization", but not what its children refer to.
CREATE TABLE life (
    id            uuid        NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS)
);

CREATE TABLE life_past (
    LIKE life,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE life_past DROP COLUMN recorded_from;
CREATE INDEX life_past_id ON life_past (id);
