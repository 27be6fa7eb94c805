-- No reference to "life": the person may not be registered yet. All of it is personal data of "person".
CREATE TABLE proposal_private (
    proposal      uuid        NOT NULL,
    person        uuid        NOT NULL,
    content       text        NOT NULL,
    reason        text,
    decision      text,
    position      bigint      NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (proposal, valid WITHOUT OVERLAPS)
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX proposal_private_proposal ON proposal_private (proposal);
CREATE INDEX proposal_private_person ON proposal_private (person);

CREATE TABLE proposal_private_past (
    LIKE proposal_private,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE proposal_private_past DROP COLUMN recorded_from;
CREATE INDEX proposal_private_past_proposal ON proposal_private_past (proposal);
CREATE INDEX proposal_private_past_person ON proposal_private_past (person);
