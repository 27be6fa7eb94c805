CREATE TABLE rule (
    id            uuid        NOT NULL,
    code          text        NOT NULL,
    name          text        NOT NULL,
    form          text        NOT NULL,
    population    text        NOT NULL,
    warning       boolean     NOT NULL,
    definition    jsonb       NOT NULL,
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
CREATE INDEX rule_id ON rule (id);

CREATE TABLE rule_past (
    LIKE rule,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE rule_past DROP COLUMN recorded_from;
CREATE INDEX rule_past_id ON rule_past (id);
