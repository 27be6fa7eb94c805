-- Refusals are kept for ever, and may tell a day of what was sealed: those that name the person, or what is of the
-- person, say from now on that the person was erased.
UPDATE registry.command AS c
SET refusal = convert_to(
    json_build_object('code', 'PERSON_ERASED', 'details', json_build_object('id', $1::uuid))::text, 'UTF8'
)
WHERE c.refusal IS NOT NULL AND EXISTS (
    SELECT FROM unnest($2::uuid[]) AS gone (id) WHERE strpos(convert_from(c.refusal, 'UTF8'), gone.id::text) > 0
)
