-- The same as with one argument, and which of the streams have no event: most commands that begin something name a new
-- one, and to look for its history would be a round trip of its own. The other stays for programs of before.
CREATE FUNCTION registry.begin_batch(
    ids uuid[], streams uuid[],
    OUT head_position bigint, OUT head_recorded_at timestamptz, OUT active text, OUT clock timestamptz,
    OUT known registry.command[], OUT peaks bytea, OUT absent uuid[]
) LANGUAGE plpgsql AS $$
BEGIN
    SELECT * INTO STRICT head_position, head_recorded_at, active, clock FROM registry.lock_head();
    SELECT h.peaks INTO STRICT peaks FROM registry.head h;
    SELECT coalesce(array_agg(c), '{}') INTO known FROM registry.command c WHERE c.id = ANY (ids);
    SELECT coalesce(array_agg(s), '{}') INTO absent FROM unnest(streams) s
    WHERE NOT EXISTS (SELECT FROM registry.event e WHERE e.stream_id = s);
END $$;
