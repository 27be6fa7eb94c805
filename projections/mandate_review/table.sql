-- No reference to "life": what a review found is known, too, when the mandate has ended.
CREATE TABLE mandate_review (
    mandate       uuid        NOT NULL,
    position      bigint      NOT NULL,
    reviewed_on   date        NOT NULL,
    finding       text        NOT NULL,
    passed        boolean,
    instrument    uuid,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (mandate, position, valid WITHOUT OVERLAPS)
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX mandate_review_mandate ON mandate_review (mandate);

CREATE TABLE mandate_review_past (
    LIKE mandate_review,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE mandate_review_past DROP COLUMN recorded_from;
CREATE INDEX mandate_review_past_mandate ON mandate_review_past (mandate);
