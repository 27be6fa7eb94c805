CREATE TABLE measure (
    id                          uuid        NOT NULL,
    code                        text        NOT NULL,
    title                       text        NOT NULL,
    pinyin                      text        NOT NULL COLLATE "C",
    plan_clause                 text        NOT NULL,
    recurrence                  text        NOT NULL,
    first_year                  integer,
    stage                       text        NOT NULL,
    original_deadline           date,
    original_deadline_precision text,
    deadline                    date,
    deadline_precision          text,
    deadline_assumed            boolean,
    -- The last day on which it is in time: that of the month or year where no day is given.
    due_by                      date,
    percent                     integer,
    fulfilled_on                date,
    illustrative                boolean     NOT NULL,
    position                    bigint      NOT NULL,
    instrument                  uuid,
    valid                       daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from               timestamptz NOT NULL,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS)
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX measure_id ON measure (id);

CREATE TABLE measure_past (
    LIKE measure,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE measure_past DROP COLUMN recorded_from;
CREATE INDEX measure_past_id ON measure_past (id);
