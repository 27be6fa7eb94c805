CREATE TABLE measure_part (
    measure       uuid        NOT NULL,
    role          text        NOT NULL,
    assignee      uuid        NOT NULL,
    -- The same while the measure is open, and null when it is over: then it needs nobody to exist any more.
    bound         uuid,
    position      bigint      NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    CONSTRAINT measure_part_single EXCLUDE USING gist (measure WITH =, role WITH =, valid WITH &&)
        WHERE (role <> 'SUPPORTED_BY'),
    CONSTRAINT measure_part_once EXCLUDE USING gist (measure WITH =, assignee WITH =, valid WITH &&)
        WHERE (role = 'SUPPORTED_BY'),
    CONSTRAINT measure_part_within_life FOREIGN KEY (measure, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT measure_part_within_life_of_assignee FOREIGN KEY (bound, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX measure_part_assignee ON measure_part (assignee, role);
CREATE INDEX measure_part_bound ON measure_part (bound);
CREATE INDEX measure_part_measure ON measure_part (measure);

CREATE TABLE measure_part_past (
    LIKE measure_part,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE measure_part_past DROP COLUMN recorded_from;
CREATE INDEX measure_part_past_measure ON measure_part_past (measure);
CREATE INDEX measure_part_past_assignee ON measure_part_past (assignee, role);
CREATE INDEX measure_part_past_bound ON measure_part_past (bound);
