"""All that a database holds, to be looked through for what must not be there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

_TABLES = """
    SELECT n.nspname, c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
"""


async def every_row(fetch: Callable[[str], Awaitable[Sequence[Iterable[Any]]]]) -> str:
    """Return every row of every table as text, byte columns decoded."""
    found: list[str] = []
    for schema, table in await fetch(_TABLES):
        for row in await fetch(f'SELECT * FROM "{schema}"."{table}"'):  # noqa: S608 - names of the catalog
            found.extend(v.decode("utf-8", "replace") if isinstance(v, bytes) else str(v) for v in row)
    return "\n".join(found)
