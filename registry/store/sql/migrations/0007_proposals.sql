-- Who proposed what the actor approved (报送人): both stand in the event, and in its leaf.
ALTER TABLE registry.event ADD COLUMN submitter text;

COMMENT ON COLUMN registry.event.submitter IS 'Who proposed the act; null where whoever recorded it decided alone.';

CREATE INDEX event_submitter ON registry.event (submitter, position) WHERE submitter IS NOT NULL;

ALTER TABLE registry.api_key DROP CONSTRAINT api_key_role_check;
ALTER TABLE registry.api_key ADD CONSTRAINT api_key_role_check
    CHECK (role IN ('PUBLIC', 'VIEWER', 'SUBMITTER', 'REGISTRAR', 'AUDITOR', 'ADMINISTRATOR'));
