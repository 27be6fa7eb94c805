SELECT coalesce(json_agg(to_json(t)), '[]')::text FROM {table} AS t WHERE t.{person} = ANY ($1::uuid[])
