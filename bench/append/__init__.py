"""How many commands a second the registry records, beside stock event stores and PostgreSQL itself."""

from __future__ import annotations
