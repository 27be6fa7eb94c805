-- No reference to "life": what is proposed may be about something that is not there yet, or no more.
CREATE TABLE proposal (
    id            uuid        NOT NULL,
    submitter     text        NOT NULL COLLATE "C",
    kind          text        NOT NULL,
    subject       uuid        NOT NULL,
    status        text        NOT NULL,
    personal      boolean     NOT NULL,
    content       text,
    reason        text,
    decision      text,
    made          bigint      NOT NULL,
    made_on       date        NOT NULL,
    decided_on    date,
    position      bigint      NOT NULL,
    instrument    uuid,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS),
    CHECK (NOT personal OR num_nonnulls(content, reason, decision) = 0)
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX proposal_id ON proposal (id);
CREATE INDEX proposal_submitter ON proposal (submitter);
CREATE INDEX proposal_subject ON proposal (subject);
-- Lists go by when it was proposed, the newest first or the oldest.
CREATE INDEX proposal_made ON proposal (made, id);

CREATE TABLE proposal_past (
    LIKE proposal,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE proposal_past DROP COLUMN recorded_from;
CREATE INDEX proposal_past_id ON proposal_past (id);
CREATE INDEX proposal_past_subject ON proposal_past (subject);
