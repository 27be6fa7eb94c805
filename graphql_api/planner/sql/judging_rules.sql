json_build_object(
    'rules', (
        SELECT coalesce(json_agg(json_build_object(
            'id', r.id, 'code', r.code, 'definition', r.definition, 'repealed', r.repealed,
            'start', lower(r.valid), 'end', upper(r.valid)
        )), '[]') FROM {rule} AS r
    ),
    'criteria', (
        SELECT coalesce(json_agg(json_build_object(
            'id', c.id, 'code', c.code, 'about', c.about, 'predicate', c.predicate, 'repealed', c.repealed,
            'start', lower(c.valid), 'end', upper(c.valid)
        )), '[]') FROM {criterion} AS c
    )
)
