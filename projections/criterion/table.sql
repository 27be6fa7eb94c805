CREATE TABLE criterion (
    id            uuid        NOT NULL,
    code          text        NOT NULL,
    name          text        NOT NULL,
    about         text        NOT NULL,
    predicate     text        NOT NULL,
    clause        text,
    repealed      boolean     NOT NULL,
    illustrative  boolean     NOT NULL,
    position      bigint      NOT NULL,
    instrument    uuid,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS)
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX criterion_id ON criterion (id);

CREATE TABLE criterion_past (
    LIKE criterion,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE criterion_past DROP COLUMN recorded_from;
CREATE INDEX criterion_past_id ON criterion_past (id);
