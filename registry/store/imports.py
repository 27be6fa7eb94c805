"""Which commands were sent by which import, and which acts those were (导入簿)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import NamedTuple
from uuid import UUID

from registry.statements import statement
from registry.store.connection import Connection

_NOTE = statement("registry.store", "import_note")
_ACTS = statement("registry.store", "import_acts")


class Act(NamedTuple):
    """An act of an import: where it stands, and whether its stream begins with it (导入所为)."""

    stream: UUID
    position: int
    begins: bool


class ImportJournal:
    """Notes what imports send. What is noted was not sent for certain; what was sent is noted."""

    def __init__(self, connections: Callable[[], AbstractAsyncContextManager[Connection]]) -> None:
        """Write and read over ``connections``."""
        self._connections = connections

    async def note(self, import_id: UUID, commands: Sequence[UUID]) -> None:
        """Note that ``commands`` are about to be sent under ``import_id``."""
        async with self._connections() as connection:
            await connection.execute(_NOTE, import_id, commands)

    async def acts(self, import_id: UUID, before: int, count: int) -> list[Act]:
        """Return the last ``count`` acts of an import before the position ``before``, last first."""
        async with self._connections() as connection:
            rows = await connection.fetch(_ACTS, import_id, before, count)
        return [Act(row["stream_id"], row["position"], row["begins"]) for row in rows]
