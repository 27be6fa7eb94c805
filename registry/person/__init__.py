"""People: who they are, where they work, what distinguishes them (人员)."""
