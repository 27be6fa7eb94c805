"""Names between GraphQL and SQL (命名)."""

from __future__ import annotations

import re

_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")
_UNDERSCORE = re.compile(r"_([a-z])")


def snake_case(name: str) -> str:
    """Return ``shortName`` as ``short_name``."""
    return _CAPITAL.sub("_", name).lower()


def camel_case(name: str) -> str:
    """Return ``short_name`` as ``shortName``."""
    return _UNDERSCORE.sub(lambda found: found[1].upper(), name)
