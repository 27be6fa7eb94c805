SELECT count(*) AS total,
    count(*) FILTER (WHERE v.organizational) AS organizational,
    CASE WHEN count(*) > 0 THEN concat(count(*) FILTER (WHERE v.organizational), '/', count(*)) END
        AS organizational_share,
    count(*) FILTER (WHERE v.work) AS work,
    CASE WHEN count(*) > 0 THEN concat(count(*) FILTER (WHERE v.work), '/', count(*)) END AS work_share,
    count(*) FILTER (WHERE NOT v.work) AS uncovered
FROM covered AS v
