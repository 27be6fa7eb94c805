{{t}}.{column} = ANY (ARRAY(
    WITH stands_for (id) AS (
        SELECT coalesce((SELECT a.canonical FROM {{person_alias}} AS a WHERE a.alias = {{value}}), {{value}})
    )
    SELECT s.id FROM stands_for AS s
  UNION ALL
    SELECT a.alias FROM stands_for AS s JOIN {{person_alias}} AS a ON a.canonical = s.id
))
