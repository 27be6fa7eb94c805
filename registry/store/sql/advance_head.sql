SELECT registry.advance_head($1, $2)
