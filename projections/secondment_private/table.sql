-- No reference to "life": it is known, too, when the secondment has ended. All of it is personal data of "person".
CREATE TABLE secondment_private (
    secondment    uuid        NOT NULL,
    person        uuid        NOT NULL,
    duty          text        NOT NULL,
    position      bigint      NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (secondment, valid WITHOUT OVERLAPS)
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX secondment_private_secondment ON secondment_private (secondment);
CREATE INDEX secondment_private_person ON secondment_private (person);

CREATE TABLE secondment_private_past (
    LIKE secondment_private,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE secondment_private_past DROP COLUMN recorded_from;
CREATE INDEX secondment_private_past_secondment ON secondment_private_past (secondment);
CREATE INDEX secondment_private_past_person ON secondment_private_past (person);
