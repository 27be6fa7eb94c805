"""What commands would come to, and what would then be so; nothing is recorded (模拟).

Commands are decided by the batch that a commit decides them by, in a snapshot of the register and without the
head's lock. What they would change is laid over the tables in the transaction's own temporary schema, read,
and rolled back: no position is used, nobody is told, no writer waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from registry.answers import Simulated, Supposed
from registry.commands import Command, Draft
from registry.errors import Code, Refusal
from registry.reads import World
from registry.statements import statement
from registry.store.batch import Batch, Head
from registry.store.codec import EventMapper
from registry.store.connection import Connection, Wire
from registry.store.hierarchies import Hierarchies
from registry.store.keyring import Keyring
from registry.store.ports import Effect, Shadows, current
from registry.store.session import Memory, Session
from registry.store.streams import StreamCache

_HEAD = statement("registry.store", "read_head")
_CACHED_EVENTS = 50_000
_CLOSING_SECONDS = 5

COMMAND_LIMIT = 100
"""Commands in one simulation; each may touch thousands of entities."""

_AT_ONCE = 2
"""Simulations that run together: each holds a connection of its own, and much in memory."""


class Question(Protocol):
    """An SQL statement that gives one text, and its parameters."""

    @property
    def sql(self) -> str:
        """The text of the statement."""
        ...

    @property
    def parameters(self) -> Sequence[Any]:
        """What its placeholders stand for."""
        ...


Fetch = Callable[[Question], Awaitable[str | None]]
"""Gives the text of one statement after another."""

Inquiry = Callable[[Fetch, str], Awaitable[Any]]
"""Asks what would be so, by as many statements as it needs, and returns the answer.

It is told the schema of the tables as they are; their bare names mean what would be.
"""


class Simulator:
    """Supposes commands in a transaction that is always rolled back."""

    def __init__(
        self,
        connect: Callable[[], Awaitable[Connection]],
        mapper: EventMapper,
        projections: Shadows,
        draft: Callable[[Command, World], list[Draft]],
    ) -> None:
        """Open a connection for each simulation; ``draft`` decides without asking for a preview."""
        self._connect = connect
        self._mapper = mapper
        self._projections = projections
        self._draft = draft
        self._room = asyncio.Semaphore(_AT_ONCE)

    async def simulate(self, commands: Sequence[Command], inquire: Inquiry | None) -> Simulated:
        """Return what ``commands`` would come to, one after another, and what ``inquire`` finds then.

        A refused command changes nothing for those after it. Raises Refusal INVALID_INPUT for too many,
        PROJECTIONS_MOVED when another version of the program made the tables in use.
        """
        if len(commands) > COMMAND_LIMIT:
            problem = f"more than {COMMAND_LIMIT} (过多)"
            raise Refusal(Code.INVALID_INPUT, field="commands", problem=problem)
        async with self._room:
            # A connection of its own: a statement prepared before would go on reading the real tables.
            connection = await self._connect()
            try:
                transaction = connection.transaction(isolation="repeatable_read")
                await transaction.start()
                return await self._supposed(connection, commands, inquire)
            finally:
                # Closing rolls back.
                await connection.close(timeout=_CLOSING_SECONDS)

    async def _supposed(
        self, connection: Connection, commands: Sequence[Command], inquire: Inquiry | None
    ) -> Simulated:
        row = await connection.fetchrow(_HEAD)
        assert row is not None
        head = Head(row["position"], row["recorded_at"])
        projections = await current(connection, self._projections, row["projections"])
        session = await self._session(connection, projections)
        batch = Batch(session, head, head.recorded_at, self._draft)
        await batch.fetch([command.needs for command in commands])
        supposed: list[Supposed] = []
        effects: list[Effect] = []
        for command in commands:
            answer = await batch.decide(command, b"")
            if isinstance(answer, Exception) and not isinstance(answer, Refusal):
                raise answer
            part = batch.take()
            effects.extend(part.effects)
            refusal = answer if isinstance(answer, Refusal) else None
            supposed.append(Supposed(command, part.records, refusal))
        found: Any = None
        if inquire is not None:
            await projections.shadow(connection, effects)
            found = await inquire(_fetching(connection), projections.name)
        return Simulated(supposed, head.position, found)

    async def _session(self, connection: Connection, projections: Shadows) -> Session:
        hierarchies = Hierarchies()
        hierarchies.replace((), await projections.references_of(connection, None))
        memory = Memory(StreamCache(_CACHED_EVENTS), hierarchies, Keyring(self._mapper.master))
        return Session(Wire(connection, asyncio.Lock()), self._mapper, projections, memory)


def _fetching(connection: Connection) -> Fetch:
    async def fetch(question: Question) -> str | None:
        text: str | None = await connection.fetchval(question.sql, *question.parameters)
        return text

    return fetch
