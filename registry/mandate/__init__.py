"""Mandates: government functions that an organization takes over for a time (承接政府转移职能)."""
