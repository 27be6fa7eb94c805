"""Measures: what a reform asks to be done, by whom and by when, an entity of its own (改革措施)."""
