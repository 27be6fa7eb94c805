"""Any number of commands supposed in one snapshot of the register, recording nothing (暂存定案).

Unlike in a simulation, what they come to is not laid over the tables: only decisions are asked here. Each
command sees all before it. Commands that belong together are taken back together.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid4

from registry.commands import Command, Draft
from registry.foregone import Base, Foregone
from registry.reads import Needs, World
from registry.settlement import Place, Settlement, settle
from registry.staged import Staged
from registry.statements import statement
from registry.store.codec import EventMapper
from registry.store.connection import Connection, Wire
from registry.store.hierarchies import Hierarchies
from registry.store.keyring import Keyring
from registry.store.ports import Projections
from registry.store.session import Memory, Session
from registry.store.streams import StreamCache
from registry.timeline import Entity

_HEAD = statement("registry.store", "read_head")
_CACHED_EVENTS = 10_000
_AT_HAND = 4_000
"""Entities and identifiers kept from turn to turn: rows name the same organizations again and again."""

_TICK = timedelta(microseconds=1)
_CLOSING_SECONDS = 5

Result = TypeVar("Result")


class Stage:
    """What has been supposed so far, over one snapshot."""

    def __init__(
        self,
        open_session: Callable[[], Session],
        forget_keys: Callable[[], None],
        base: Base,
        recorded_at: datetime,
        draft: Callable[[Command, World], list[Draft]],
    ) -> None:
        """Begin at the end of ``base``; ``open_session`` looks at the snapshot with nothing at hand."""
        self._open_session = open_session
        self._forget_keys = forget_keys
        self._session = open_session()
        self._world = Staged(self._session)
        self._draft = draft
        self._head = base.position
        self._at = recorded_at
        self._before: dict[UUID, Entity | None] = {}
        self._caused: list[tuple[int, UUID]] = []
        self._kept = base.position
        self._id = uuid4()
        self._base = base
        self.position = base.position
        """The position of the snapshot: what is supposed has positions beyond it."""

    def turn(self) -> None:
        """Let what was fetched go, once it is much: what comes now is likely to ask for other things."""
        if self._session.size < _AT_HAND:
            return
        self._forget_keys()
        self._session = self._open_session()
        self._world.rebase(self._session)

    async def fetch(self, needs: Needs) -> None:
        """Get what is needed, in one statement for each kind of thing."""
        await self._session.fetch(needs)

    @property
    def world(self) -> World:
        """What is so, with all that is supposed; it may raise NotAtHand."""
        return self._world

    async def ask(self, question: Callable[[World], Result]) -> Result:
        """Return what ``question`` says of the world."""
        return await self._session.decide(lambda: question(self._world))

    async def suppose(self, command: Command) -> Foregone:
        """Return what ``command`` comes to, having supposed it; raises Refusal."""
        settlement = await self._session.decide(lambda: self._settle(command))
        for change in settlement.changes:
            self._before.setdefault(change.after.id, self._world.held(change.after.id))
            self._world.put(change.after)
        for record in settlement.records:
            self._head = record.position
            if record.cause is not None and self._world.cause(record.cause, record.originator_id):
                self._caused.append((record.cause, record.originator_id))
        self._at += _TICK
        return Foregone(self._id, self._base, settlement.records)

    def keep(self) -> Sequence[UUID]:
        """Keep what was supposed since the last time; return whom it changed."""
        changed = tuple(self._before)
        self._before.clear()
        self._caused.clear()
        self._kept = self._head
        return changed

    def take_back(self) -> None:
        """Take back what was supposed since :meth:`keep`, its positions too.

        What is kept has the positions that it will have in the log, unless somebody else comes between.
        """
        for identity, before in self._before.items():
            self._world.restore(identity, before)
        for act, stream in self._caused:
            self._world.uncause(act, stream)
        self._before.clear()
        self._caused.clear()
        self._head = self._kept

    def let_go(self, identities: Sequence[UUID]) -> None:
        """Forget these, for which nothing that comes will ask, but for what they bear."""
        for identity in identities:
            self._world.let_go(identity)

    def _settle(self, command: Command) -> Settlement:
        drafts = self._draft(command, self._world)
        return settle(self._world, command, drafts, Place(self._head + 1, self._at))


class Stager:
    """Opens stages, each over a connection and a snapshot of its own."""

    def __init__(
        self,
        connect: Callable[[], Awaitable[Connection]],
        mapper: EventMapper,
        projections: Projections,
        draft: Callable[[Command, World], list[Draft]],
    ) -> None:
        """Open a connection for each stage; ``draft`` decides as the committer does."""
        self._connect = connect
        self._mapper = mapper
        self._projections = projections
        self._draft = draft

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Stage]:
        """Give a stage over the register as it is now, for as long as it is needed."""
        connection = await self._connect()
        try:
            await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            head = await connection.fetchrow(_HEAD)
            assert head is not None
            hierarchies = Hierarchies()
            hierarchies.replace((), await self._projections.references_of(connection, None))
            keys = Keyring(self._mapper.master)
            memory = Memory(StreamCache(_CACHED_EVENTS), hierarchies, keys)
            wire = Wire(connection, asyncio.Lock())

            def session() -> Session:
                return Session(wire, self._mapper, self._projections, memory)

            base = Base(head["position"], head["peaks"])
            yield Stage(session, keys.clear, base, head["recorded_at"] + _TICK, self._draft)
        finally:
            await connection.close(timeout=_CLOSING_SECONDS)
