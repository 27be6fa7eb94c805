"""SQL lives in files beside the code that runs it; this reads them by name (语句)."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def statement(package: str, name: str) -> str:
    """Return the text of ``sql/<name>.sql`` of ``package``; raises FileNotFoundError."""
    return (resources.files(package) / "sql" / f"{name}.sql").read_text(encoding="utf-8")
