(SELECT {content} FROM {table} AS {t} WHERE {t}.id = {id} AND ({t}.valid @> {as_of}) IS TRUE{bound})
