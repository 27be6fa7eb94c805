CREATE TABLE reorganization (
    id              uuid        NOT NULL,
    title           text        NOT NULL,
    pinyin          text        NOT NULL COLLATE "C",
    stage           text        NOT NULL,
    takes_effect_on date,
    plan            jsonb       NOT NULL,
    position        bigint      NOT NULL,
    instrument      uuid,
    valid           daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from   timestamptz NOT NULL,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS)
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX reorganization_id ON reorganization (id);

CREATE TABLE reorganization_past (
    LIKE reorganization,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE reorganization_past DROP COLUMN recorded_from;
CREATE INDEX reorganization_past_id ON reorganization_past (id);
