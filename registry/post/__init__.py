"""Posts: what somebody may hold in an organization, with a title and seats (职务、席位)."""
