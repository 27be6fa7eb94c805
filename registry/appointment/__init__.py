"""Appointments: a person holds a post, for a time (任职)."""
