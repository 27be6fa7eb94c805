"""Functions: what an organization is charged with, an entity of its own (职能)."""
