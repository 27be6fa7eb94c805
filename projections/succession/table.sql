-- No reference to "life": a successor may be dissolved in turn, and still has succeeded.
CREATE TABLE succession (
    reorganization uuid        NOT NULL,
    predecessor    uuid        NOT NULL,
    successor      uuid        NOT NULL CHECK (successor <> predecessor),
    valid          daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from  timestamptz NOT NULL,
    PRIMARY KEY (reorganization, predecessor, successor, valid WITHOUT OVERLAPS)
);
CREATE INDEX succession_predecessor ON succession (predecessor);
CREATE INDEX succession_successor ON succession (successor);

CREATE TABLE succession_past (
    LIKE succession,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE succession_past DROP COLUMN recorded_from;
CREATE INDEX succession_past_predecessor ON succession_past (predecessor);
CREATE INDEX succession_past_successor ON succession_past (successor);
