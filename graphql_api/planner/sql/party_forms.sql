(SELECT coalesce(json_agg({form} ORDER BY f.form NULLS LAST), '[]')
 FROM (
    SELECT c.form, bool_and(c.organizational) AS organizational,
        count(DISTINCT c.party) AS organizations, count(DISTINCT c.society) AS societies
    FROM covering AS c
    GROUP BY c.form
 ) AS f)
