(WITH {covered}
SELECT {coverage}
FROM (
    SELECT
        count(*) AS total,
        count(*) FILTER (WHERE v.organizational) AS organizational,
        count(*) FILTER (WHERE v.work) AS work{columns}
    FROM covered AS v
    CROSS JOIN LATERAL (
        SELECT * FROM {organization} AS s WHERE s.id = v.id AND s.valid @> {as_of} OFFSET 0
    ) AS o
    HAVING true
) AS counted)
