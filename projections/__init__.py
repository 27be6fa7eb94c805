"""Events folded into tables: current beliefs, past beliefs (投影)."""
