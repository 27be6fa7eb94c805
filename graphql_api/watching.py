"""Statements that read what is restricted: it is opened, and recorded before it is told (查阅把关).

This is the one door: every statement of the planner says itself what it reads, so no field, report or
subscription can forget to.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol
from uuid import UUID

import asyncpg
import structlog

from graphql_api.accesses import Access
from graphql_api.context import Accesses, Fetch, Reader
from graphql_api.keys import OUT_OF_REACH
from graphql_api.planner.compiler import Statement
from graphql_api.planner.reading import EVENT_KEY, OPENED, PERSON_KEY, TELLING, Reading
from graphql_api.problems import Problem, problem
from graphql_api.types.terms.access import AccessKind
from registry.store.codec import EventMapper
from registry.store.connection import Connection
from registry.store.keyring import Place
from registry.store.unsealing import SealedEvent, opened_bodies

# As PostgreSQL writes them, and as no text of an answer can: within one every quotation mark is escaped.
_PERSON = re.compile(rf', "{re.escape(PERSON_KEY)}" : (?:null|"([0-9a-f-]{{36}})")')
_EVENT = re.compile(
    rf'\{{"{re.escape(EVENT_KEY)}" : \["([0-9a-f-]{{36}})", (\d+), "([a-z_.]+)", "([0-9a-f]+)"\]\}}'
)

_log = structlog.get_logger(__name__)


class Open(Protocol):
    """Opens events as they stand in an answer."""

    async def __call__(self, events: Sequence[SealedEvent]) -> tuple[list[str], set[UUID]]:
        """Return the bodies in clear, and whose data they show."""
        ...


class Envelopes:
    """Opens events with the keys as they are now: what was erased since the answer was read stays closed."""

    def __init__(
        self, connections: Callable[[], AbstractAsyncContextManager[Connection]], mapper: EventMapper
    ) -> None:
        """Fetch keys over ``connections``, and unwrap them with the master key of ``mapper``."""
        self._connections = connections
        self._mapper = mapper

    async def __call__(self, events: Sequence[SealedEvent]) -> tuple[list[str], set[UUID]]:
        """Return the bodies in clear, and whose data they show."""
        try:
            async with self._connections() as connection:
                opened = await opened_bodies(connection, self._mapper.master, events)
        except (*OUT_OF_REACH, asyncpg.QueryCanceledError) as error:
            raise problem(Problem.UNAVAILABLE) from error
        for event, each in zip(events, opened, strict=True):
            if not each.sound:
                _log.error(
                    "an event does not open", stream=str(event.place.stream), version=event.place.version
                )
        persons = {person for each in opened for person in each.persons}
        return [each.body.decode() for each in opened], persons


async def finished(text: str, reading: Reading, envelopes: Open) -> tuple[str, Access | None]:
    """Return the answer as it may be told, and what to record of it first; None for nothing.

    The marks that the compiler made are taken out, and sealed events put in clear.
    """
    persons, rows = set(reading.persons), 0
    if PERSON_KEY in text:
        marks = _PERSON.findall(text)
        found = [mark for mark in marks if mark]
        rows += len(found)
        persons.update(map(UUID, set(found)))
        text = _PERSON.sub("", text)
    told = [name for name in reading.fields if name not in TELLING or (rows and name != OPENED)]
    if OPENED in reading.fields and EVENT_KEY in text:
        text, whose = await _opened(text, envelopes)
        if whose:
            told.append(OPENED)
            persons |= whose
            rows += len(whose)
    asked = told and (rows or reading.kind is not AccessKind.SUBSCRIPTION)
    return text, Access.of(reading, sorted(told), persons, rows) if asked else None


async def _opened(text: str, envelopes: Open) -> tuple[str, set[UUID]]:
    events = [
        SealedEvent(Place(UUID(stream), int(version), topic), bytes.fromhex(body))
        for stream, version, topic, body in _EVENT.findall(text)
    ]
    if not events:
        return text, set()
    bodies, persons = await envelopes(events)
    following = iter(bodies)
    return _EVENT.sub(lambda _: next(following), text), persons


class WatchedReader:
    """Runs statements, and records what they read that is restricted before anybody sees it."""

    def __init__(self, reader: Reader, accesses: Accesses, envelopes: Open) -> None:
        """Read over ``reader``, record in ``accesses``, open with ``envelopes``."""
        self._reader = reader
        self._accesses = accesses
        self._envelopes = envelopes

    async def fetch(self, statement: Statement) -> str | None:
        """Return the text the statement gives, from one snapshot."""
        return await self.watched(self._reader.fetch)(statement)

    async def answer(self, statement: Statement) -> bytes | None:
        """Return that text as it is sent."""
        if statement.reading is None:
            return await self._reader.answer(statement)
        text = await self.fetch(statement)
        return None if text is None else text.encode()

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Fetch]:
        """Return a context that gives what fetches several statements from the same snapshot."""
        async with self._reader.snapshot() as fetch:
            yield self.watched(fetch)

    def watched(self, fetch: Fetch) -> Fetch:
        """Return what does as ``fetch`` does, and records what is read."""

        async def watch(statement: Statement) -> str | None:
            text = await fetch(statement)
            if statement.reading is None or text is None:
                return text
            text, access = await finished(text, statement.reading, self._envelopes)
            if access is not None:
                await self._accesses.record(access)
            return text

        return watch
