SELECT n.rule, n.subject, {listed} AS listed
FROM (
    SELECT w.*,
        CASE WHEN w.beyond AND w.place <= {first} THEN {node} END AS node,
        CASE WHEN w.beyond AND w.place <= {first} THEN {cursor} END AS cursor
    FROM (
        SELECT v.*,
            row_number() OVER (PARTITION BY v.rule, v.subject, v.beyond ORDER BY v.sorted, v.element) AS place
        FROM (
            SELECT j.rule, j.subject, j.element, j.member, j.counted, {sorted} AS sorted, {beyond} AS beyond
            FROM judged AS j {source_judged}
            WHERE j.side = 0 AND j.rule = ANY ({rules}){outcome}{bound}
        ) AS v
    ) AS w {source_shown}
) AS n
GROUP BY n.rule, n.subject
