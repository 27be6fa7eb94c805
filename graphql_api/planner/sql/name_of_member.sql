coalesce(
    (SELECT o.name FROM {{organization}} AS o WHERE o.id = {{t}}.{column} AND (o.valid @> {{as_of}}) IS TRUE),
    {person}
)
