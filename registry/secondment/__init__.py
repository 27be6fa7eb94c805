"""Secondments: people who work elsewhere for a time (挂职、交流)."""
