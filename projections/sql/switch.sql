UPDATE registry.head SET projections = $1
