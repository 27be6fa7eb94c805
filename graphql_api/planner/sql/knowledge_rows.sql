(SELECT coalesce(json_agg({content} ORDER BY {k}.model, lower({k}.valid), {k}.key, {k}.said), '[]')
 FROM known AS {k}
 WHERE {edge}({k}.recorded) = {instant})
