"""What a command would do, worked out like the real thing, recording nothing (预览)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from registry.answers import Preview
from registry.commands import Command, Draft
from registry.dangling import with_what_hangs_on
from registry.errors import Refusal
from registry.overlay import Overlay
from registry.permission import show, told
from registry.reads import World
from registry.references import Reference
from registry.settlement import Place, survey
from registry.statements import statement
from registry.store.codec import EventMapper
from registry.store.connection import Connection, Wire
from registry.store.hierarchies import Hierarchies
from registry.store.keyring import Keyring
from registry.store.ports import Projections
from registry.store.session import Memory, Session
from registry.store.streams import StreamCache

_HEAD = statement("registry.store", "read_head")
_CACHED_EVENTS = 10_000

Connections = Callable[[], AbstractAsyncContextManager[Connection]]


class Previewer:
    """Decides commands in a snapshot of the register: no lock, no position used, nobody told."""

    def __init__(
        self,
        connections: Connections,
        mapper: EventMapper,
        projections: Projections,
        draft: Callable[[Command, World], list[Draft]],
    ) -> None:
        """Read over ``connections``; ``draft`` decides without asking for a preview."""
        self._connections = connections
        self._mapper = mapper
        self._projections = projections
        self._draft = draft

    async def preview(self, command: Command) -> Preview:
        """Return what ``command`` would do; raises Refusal for what no disposition could mend."""
        async with (
            self._connections() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            head = await connection.fetchrow(_HEAD)
            assert head is not None
            hierarchies = Hierarchies()
            hierarchies.replace((), await self._projections.references_of(connection, None))
            session = Session(
                Wire(connection, asyncio.Lock()),
                self._mapper,
                self._projections,
                Memory(StreamCache(_CACHED_EVENTS), hierarchies, Keyring(self._mapper.master)),
            )
            place = Place(head["position"] + 1, head["recorded_at"])
            return await session.decide(lambda: self._survey(session, command, place))

    def _survey(self, world: World, command: Command, place: Place) -> Preview:
        try:
            return self._surveyed(world, command, place)
        except Refusal as refusal:
            raise told(world, command, refusal) from None

    def _surveyed(self, world: World, command: Command, place: Place) -> Preview:
        settlement = survey(world, command, self._draft(command, world), place)
        view = Overlay(world, (change.after for change in settlement.changes))
        loose = with_what_hangs_on(view, (item.reference for item in settlement.loose))
        show(world, command, (reference.source for reference in loose))
        dangling = [(reference, _name(world, reference)) for reference in loose]
        return Preview(settlement, dangling)


def _name(world: World, reference: Reference) -> str | None:
    source = world.entity(reference.source)
    if source is None or not source.timeline.segments:
        return None
    state = source.timeline.segments[-1].state
    return getattr(state, "name", None) or getattr(state, "title", None)
