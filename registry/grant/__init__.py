"""Who may do what in the register, and since when (授权)."""
