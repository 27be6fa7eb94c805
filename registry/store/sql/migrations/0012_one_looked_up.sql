-- The same, looked up by value where there is one: the plan for an array depends on how long it is and was made anew for
-- every commit of one command, which took longer than the look-up. And a stream is absent only if no key was ever made
-- for a person of that id, so that whoever begins it need not ask for one.
CREATE OR REPLACE FUNCTION registry.begin_batch(
    ids uuid[], streams uuid[],
    OUT head_position bigint, OUT head_recorded_at timestamptz, OUT active text, OUT clock timestamptz,
    OUT known registry.command[], OUT peaks bytea, OUT absent uuid[]
) LANGUAGE plpgsql AS $$
DECLARE
    before registry.command;
BEGIN
    SELECT * INTO STRICT head_position, head_recorded_at, active, clock FROM registry.lock_head();
    SELECT h.peaks INTO STRICT peaks FROM registry.head h;
    known := '{}';
    absent := '{}';
    IF cardinality(ids) = 1 THEN
        SELECT c.* INTO before FROM registry.command c WHERE c.id = ids[1];
        IF FOUND THEN
            known := ARRAY[before];
        END IF;
    ELSE
        SELECT coalesce(array_agg(c), '{}') INTO known FROM registry.command c WHERE c.id = ANY (ids);
    END IF;
    IF cardinality(streams) = 1 THEN
        PERFORM FROM registry.event e WHERE e.stream_id = streams[1] LIMIT 1;
        IF NOT FOUND THEN
            PERFORM FROM registry.person_key k WHERE k.person = streams[1];
            IF NOT FOUND THEN
                absent := streams;
            END IF;
        END IF;
    ELSIF cardinality(streams) > 1 THEN
        SELECT coalesce(array_agg(s), '{}') INTO absent FROM unnest(streams) s
        WHERE NOT EXISTS (SELECT FROM registry.event e WHERE e.stream_id = s)
        AND NOT EXISTS (SELECT FROM registry.person_key k WHERE k.person = s);
    END IF;
END $$;
