CREATE TABLE function (
    id            uuid        NOT NULL,
    name          text        NOT NULL,
    pinyin        text        NOT NULL COLLATE "C",
    description   text,
    unspecified   boolean     NOT NULL,
    illustrative  boolean     NOT NULL,
    emphasized    boolean     NOT NULL,
    retired       boolean     NOT NULL,
    position      bigint      NOT NULL,
    instrument    uuid,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS)
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX function_id ON function (id);

CREATE TABLE function_past (
    LIKE function,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE function_past DROP COLUMN recorded_from;
CREATE INDEX function_past_id ON function_past (id);
