-- No reference to "life": a visit took place, also when the liaison has ended.
CREATE TABLE liaison_visit (
    liaison       uuid        NOT NULL,
    position      bigint      NOT NULL,
    visited_on    date        NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (liaison, position, valid WITHOUT OVERLAPS)
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX liaison_visit_liaison ON liaison_visit (liaison);

CREATE TABLE liaison_visit_past (
    LIKE liaison_visit,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE liaison_visit_past DROP COLUMN recorded_from;
CREATE INDEX liaison_visit_past_liaison ON liaison_visit_past (liaison);
