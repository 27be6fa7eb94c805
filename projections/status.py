"""Which projections are in use, and how far they are (投影状态)."""

from __future__ import annotations

import asyncpg

from projections.catalog import fingerprint
from registry.statements import statement
from registry.store.connection import Connection

_STATUS = statement("projections", "status")


async def status(connection: Connection) -> list[str]:
    """Return a line for each set of projections; the inline ones are never behind the log."""
    lines = [_line(row) for row in await connection.fetch(_STATUS)]
    return lines or ["no projections yet: start the server once"]


def _line(row: asyncpg.Record) -> str:
    shape = "current" if row["fingerprint"] == fingerprint() else "of another version of the program"
    if row["built_at"] is None:
        return f"{row['name']}: being built since {row['begun_at']:%Y-%m-%d %H:%M:%S}Z; shape {shape}"
    use = f"in use, at position {row['position']}" if row["active"] else "not in use"
    return f"{row['name']}: {use}; shape {shape}; built {row['built_at']:%Y-%m-%d %H:%M:%S}Z"
