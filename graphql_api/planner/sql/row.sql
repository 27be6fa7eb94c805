(SELECT {content} FROM {table} AS {t} WHERE {condition} AND ({t}.valid @> {as_of}) IS TRUE)
