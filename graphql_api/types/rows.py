"""Rows that no plan has shaped (行)."""

from __future__ import annotations

from typing import Any


class ByName(dict[str, Any]):
    """A row keyed by the names of its fields, as a subscription has it; a planned row is keyed by response keys."""
