-- Rows that name a person without holding anything else of them, or hang on such rows.
SELECT coalesce(json_agg(to_json(t)), '[]')::text FROM {table} AS t WHERE {condition}
