(SELECT coalesce(json_agg({content} ORDER BY {t}.rank, {t}.id), '[]')
 FROM (
    SELECT p.*, f.ranks[1] AS rank, (SELECT json_agg(({grounds})[k] ORDER BY k) FROM unnest(f.ranks) AS k) AS grounds
    FROM (
        SELECT coalesce(a.canonical, c.person) AS person, array_agg(DISTINCT c.rank) AS ranks
        FROM (
            WITH asked (name, identity_number, birth_date, birth_precision) AS MATERIALIZED ({asked}),
            worked (employer, employer_name) AS MATERIALIZED ({worked})
            SELECT n.person, 1 AS rank
            FROM asked AS s JOIN {person_private} AS n ON n.identity_number = s.identity_number
            WHERE {restricted}
          UNION ALL
            SELECT n.person, CASE WHEN b.fits THEN 2 ELSE 4 END
            FROM asked AS s
            JOIN {person_private} AS n ON n.name = s.name
            CROSS JOIN LATERAL (
                SELECT CASE
                    WHEN NOT {restricted} THEN NULL
                    WHEN 'YEAR' IN (s.birth_precision, n.birth_precision)
                        THEN date_trunc('year', s.birth_date) = date_trunc('year', n.birth_date)
                    WHEN 'MONTH' IN (s.birth_precision, n.birth_precision)
                        THEN date_trunc('month', s.birth_date) = date_trunc('month', n.birth_date)
                    ELSE s.birth_date = n.birth_date
                END AS fits
            ) AS b
            WHERE b.fits IS NOT FALSE
          UNION ALL
            SELECT n.person, 3
            FROM asked AS s
            JOIN {person_private} AS n ON n.name = s.name
            JOIN {employment} AS e ON e.person = n.person
            JOIN worked AS w ON w.employer = e.employer OR w.employer_name = e.employer_name
        ) AS c
        LEFT JOIN {person_alias} AS a ON a.alias = c.person
        WHERE c.person <> ALL ({excluded})
        GROUP BY 1
    ) AS f
    JOIN {person} AS p ON p.id = f.person AND p.valid @> {as_of}{bound}
    WHERE p.id <> ALL ({excluded})
    ORDER BY f.ranks[1], p.id
    LIMIT {limit}
 ) AS {t})
