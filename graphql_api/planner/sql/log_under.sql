{t}.stream_id = ANY (ARRAY(
    WITH RECURSIVE part (id) AS (
        SELECT {end}
      UNION
        SELECT r.subordinate
        FROM part AS p
        CROSS JOIN LATERAL (
            SELECT * FROM {relation} AS f
            WHERE f.superior = p.id AND f.hierarchy = {hierarchy} AND (f.valid @> coalesce({day}, {as_of})) IS TRUE
            OFFSET 0
        ) AS r
    ), posted AS (
        SELECT o.id FROM {post} AS o JOIN part AS p ON o.organization = p.id
        WHERE (o.valid @> coalesce({day}, {as_of})) IS TRUE
    )
    SELECT id FROM part
  UNION ALL
    SELECT id FROM posted
  UNION ALL
    SELECT o.id FROM {appointment} AS o JOIN posted AS p ON o.post = p.id
    WHERE (o.valid @> coalesce({day}, {as_of})) IS TRUE
{belongings}
))
