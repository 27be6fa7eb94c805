SELECT {point} AS target, {entity} AS source FROM {table} WHERE {point} = ANY ($1::uuid[])
