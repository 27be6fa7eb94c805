SELECT c.form, bool_and(c.organizational) AS organizational,
    count(DISTINCT c.party) AS organizations, count(DISTINCT c.society) AS societies
FROM covering AS c
GROUP BY c.form
ORDER BY bool_and(c.organizational) DESC, c.form NULLS LAST
