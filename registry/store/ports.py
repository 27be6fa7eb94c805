"""What the log asks of the projections, which implement it (端口: 内联投影与决策读取)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol, Self, TypeVar
from uuid import UUID

from registry.consistency import Change
from registry.errors import Code, Refusal
from registry.reads import Bearer
from registry.references import Reference
from registry.store.connection import Connection, enter
from registry.store.rows import Rows


class Effect(NamedTuple):
    """What one command changed, and when the registry came to know it."""

    recorded_at: datetime
    changes: Sequence[Change]


class MovedError(Exception):
    """Other projections are in use than those that this process writes."""

    def __init__(self, active: str) -> None:
        super().__init__(active)
        self.active = active


class Projections(Protocol):
    """The current beliefs: written in the commit's transaction, read for decisions."""

    @property
    def name(self) -> str:
        """The schema this process writes; the head must name the same one."""
        ...

    async def successor(self, connection: Connection, name: str) -> Self | None:
        """Return the same of the schema ``name``; None when another version of the program made that."""
        ...

    async def close(self, connection: Connection, effects: Sequence[Effect]) -> Sequence[Rows]:
        """Close the beliefs that ``effects`` ended; return those they began, to insert with the events."""
        ...

    async def erase(self, connection: Connection, persons: Sequence[UUID]) -> Sequence[UUID]:
        """Delete whatever is shown of the personal data of ``persons``, and was; return whose streams."""
        ...

    async def sources_of(
        self, connection: Connection, targets: Sequence[UUID]
    ) -> Iterable[tuple[UUID, UUID]]:
        """Return each of ``targets`` with every entity that points at it at any date, as believed now."""
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


async def current(connection: Connection, known: Written, name: str) -> Written:
    """Return the projections in use, ``name`` in the caller's snapshot, and let ``connection`` find them.

    Raises Refusal PROJECTIONS_MOVED when another version of the program made them.
    """
    found = known if known.name == name else await known.successor(connection, name)
    if found is None:
        raise Refusal(Code.PROJECTIONS_MOVED, ours=known.name, active=name)
    await enter(connection, name)
    return found


class Shadows(Projections, Protocol):
    """Projections that can show what would be."""

    async def shadow(self, connection: Connection, effects: Sequence[Effect]) -> None:
        """Let the tables look as if ``effects`` had been recorded, until the transaction ends."""
        ...


Written = TypeVar("Written", bound=Projections)
