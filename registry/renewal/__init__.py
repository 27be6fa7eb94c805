"""A term together with its roster, changed in one act: renewal and adjustment (换届、届中调整)."""
