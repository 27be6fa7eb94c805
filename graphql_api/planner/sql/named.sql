{t}.id IN (
    SELECT n.entity FROM {naming} AS n
    WHERE string_to_array(btrim(n.grams), ' ') @> {grams} AND (n.valid @> {as_of}) IS TRUE
        AND NOT EXISTS (
            SELECT FROM unnest({parts}) AS p WHERE strpos(concat(n.folded, n.letters, n.initials), p) = 0
        )
)
