DELETE FROM {table} WHERE {person} = ANY ($1::uuid[]) RETURNING {entity}
