"""What the log asks of the projections, which implement it (端口: 内联投影与决策读取)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol, TypeAlias
from uuid import UUID

import asyncpg

from registry.consistency import Change
from registry.reads import Bearer
from registry.timeline import Reference

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


class Effect(NamedTuple):
    """What one command changed, and when the registry came to know it."""

    recorded_at: datetime
    changes: Sequence[Change]


class Projections(Protocol):
    """The current beliefs: written in the commit's transaction, read for decisions."""

    @property
    def name(self) -> str:
        """The schema this process writes; the head must name the same one."""
        ...

    async def write(self, connection: Connection, effects: Sequence[Effect]) -> None:
        """Bring the tables from before ``effects`` to after them, closing and opening beliefs."""
        ...

    async def references_to(self, connection: Connection, targets: Sequence[UUID]) -> Iterable[Reference]:
        """Return who points at each of ``targets``, at any date, as believed now."""
        ...

    async def references_of(
        self, connection: Connection, sources: Sequence[UUID] | None
    ) -> Iterable[Reference]:
        """Return what each of ``sources`` (None: everybody) points at in the hierarchies, as believed now."""
        ...

    async def bearers(
        self, connection: Connection, pairs: Sequence[tuple[str, str]]
    ) -> Iterable[tuple[tuple[str, str], Bearer]]:
        """Return who bears each (scheme, value) of ``pairs``, at any date, as believed now."""
        ...
