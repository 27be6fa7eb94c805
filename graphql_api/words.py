"""Names between GraphQL and SQL (命名)."""

from __future__ import annotations

import re

_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def snake_case(name: str) -> str:
    """Return ``shortName`` as ``short_name``."""
    return _CAPITAL.sub("_", name).lower()
