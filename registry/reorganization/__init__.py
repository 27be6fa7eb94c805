"""Reorganizations: one act by which several organizations become several others (机构改革)."""
