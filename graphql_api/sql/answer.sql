-- An answer, as it is sent, and whether it is from the projections in use as its own snapshot has it; it is not worked out if not.
SELECT
    h.projections = current_schema() AS in_force,
    CASE WHEN h.projections = current_schema() THEN textsend((
{statement}
    )) END AS answer
FROM registry.head AS h
