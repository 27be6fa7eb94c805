{t}.id IN (
    SELECT coalesce(a.canonical, n.entity) FROM {naming} AS n
    LEFT JOIN {person_alias} AS a ON a.alias = n.entity
    WHERE string_to_array(n.grams, ' ') @> {grams} AND (n.valid @> {as_of}) IS TRUE AND n.noun = 'person'
        AND NOT EXISTS (
            SELECT FROM unnest({parts}) AS p WHERE strpos(concat(n.folded, n.letters, n.initials), p) = 0
        )
)
