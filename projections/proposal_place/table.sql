-- No reference to "life": a proposal concerns what it concerned when it was made.
CREATE TABLE proposal_place (
    proposal      uuid        NOT NULL,
    organization  uuid        NOT NULL,
    position      bigint      NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (proposal, organization, valid WITHOUT OVERLAPS)
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX proposal_place_proposal ON proposal_place (proposal);
CREATE INDEX proposal_place_organization ON proposal_place (organization);

CREATE TABLE proposal_place_past (
    LIKE proposal_place,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE proposal_place_past DROP COLUMN recorded_from;
CREATE INDEX proposal_place_past_proposal ON proposal_place_past (proposal);
CREATE INDEX proposal_place_past_organization ON proposal_place_past (organization);
