"""Grants of roles (授权)."""
