"""Which projections are in use, and how far they are (投影状态)."""

from __future__ import annotations

from projections.catalog import fingerprint
from registry.statements import statement
from registry.store.connection import Connection

_STATUS = statement("projections", "status")


async def status(connection: Connection) -> list[str]:
    """Return a line for each set of projections; the inline ones are never behind the log."""
    lines: list[str] = []
    for row in await connection.fetch(_STATUS):
        use = f"in use, at position {row['position']}" if row["active"] else "not in use"
        shape = "current" if row["fingerprint"] == fingerprint() else "of another version of the program"
        lines.append(f"{row['name']}: {use}; shape {shape}; built {row['built_at']:%Y-%m-%d %H:%M:%S}Z")
    return lines or ["no projections yet: start the server once"]
