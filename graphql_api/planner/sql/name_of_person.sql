(SELECT p.name
 FROM {{latest_person_private}} AS p
 WHERE (p.valid @> {{as_of}}) IS TRUE AND p.person = coalesce(
     (SELECT a.canonical FROM {{latest_person_alias}} AS a WHERE a.alias = {{t}}.{column}), {{t}}.{column}
 ))
