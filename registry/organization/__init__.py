"""Organizations of every kind, their status, relations, identifiers and designations (组织)."""
