CREATE TABLE criterion_use (
    source        uuid        NOT NULL,
    criterion     uuid        NOT NULL CHECK (criterion <> source),
    position      bigint      NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (source, criterion, valid WITHOUT OVERLAPS),
    CONSTRAINT criterion_use_within_life_of_source FOREIGN KEY (source, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT criterion_use_within_life_of_criterion FOREIGN KEY (criterion, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX criterion_use_source ON criterion_use (source);
CREATE INDEX criterion_use_criterion ON criterion_use (criterion);

CREATE TABLE criterion_use_past (
    LIKE criterion_use,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE criterion_use_past DROP COLUMN recorded_from;
CREATE INDEX criterion_use_past_source ON criterion_use_past (source);
CREATE INDEX criterion_use_past_criterion ON criterion_use_past (criterion);
