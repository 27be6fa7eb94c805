({{j}}.valid @> {{as_of}}) IS TRUE AND {{j}}.id = coalesce(
    (SELECT a.canonical FROM {{person_alias}} AS a WHERE a.alias = {{t}}.{column}), {{t}}.{column}
)
