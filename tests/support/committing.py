"""Committers over one database, as a test opens them and looks at what they wrote."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar
from uuid import UUID, uuid4

import asyncpg
from msgspec.structs import replace

from projections.inline import InlineProjections
from registry.answers import Accepted
from registry.commands import Command, Draft
from registry.errors import Code, Refusal
from registry.organization.commands import AssignIdentifier, OpenRelation
from registry.organization.kinds import Hierarchy
from registry.reads import World
from registry.router import decide
from registry.store.committer import Committer, Limits
from registry.store.connection import Connection, connect
from registry.store.ports import Projections
from tests.support.dalian import FOUNDED
from tests.support.given import BY
from tests.support.sealing import MAPPER, MASTER

__all__ = ["MAPPER"]


_IMPATIENT = Limits(reconnect_pause=0.02)

Decide = Callable[[Command, World], list[Draft]]
Some = TypeVar("Some", bound=Command)


def fresh(command: Some, **changes: object) -> Some:
    """Return ``command`` under an id of its own."""
    return replace(command, **{"command_id": uuid4(), **changes})


def under(subordinate: UUID, superior: UUID, hierarchy: Hierarchy = Hierarchy.LEADS) -> OpenRelation:
    """Return the command that puts one organization under another."""
    return fresh(
        OpenRelation(
            organization=subordinate, hierarchy=hierarchy, superior=superior, effective_on=FOUNDED, **BY
        )
    )


def bears(organization: UUID, value: str) -> AssignIdentifier:
    """Return the command that gives an organization an identifier."""
    command = AssignIdentifier(
        organization=organization, scheme="LOCAL", value=value, effective_on=FOUNDED, **BY
    )
    return fresh(command)


class Office:
    """One database and the committers that write it."""

    def __init__(self, url: str, projections: str) -> None:
        self.url = url
        self.projections = projections
        self._committers: list[Committer] = []

    async def open(
        self,
        *,
        limits: Limits = _IMPATIENT,
        decide: Decide = decide,
        projections: Projections | None = None,
        connect: Callable[[], Awaitable[Connection]] | None = None,
    ) -> Committer:
        """Return a committer that takes commands."""
        committer = Committer(
            connect or self.connect,
            MAPPER,
            projections or InlineProjections(self.projections, MASTER),
            decide,
            limits,
        )
        await committer.start()
        self._committers.append(committer)
        return committer

    async def close(self) -> None:
        """Stop every committer."""
        await asyncio.gather(*(committer.stop() for committer in self._committers))

    async def connect(self) -> Connection:
        """Open a connection as committers do."""
        return await connect(self.url, self.projections, writer=True)

    async def fetch(self, sql: str, *arguments: object) -> list[tuple[Any, ...]]:
        """Return what the database answers on a connection of its own."""
        connection = await connect(self.url, self.projections)
        try:
            return [tuple(row) for row in await connection.fetch(sql, *arguments)]
        finally:
            await connection.close()

    async def value(self, sql: str, *arguments: object) -> Any:  # noqa: ANN401 - whatever the statement selects
        """Return the first value of the first row."""
        return (await self.fetch(sql, *arguments))[0][0]

    async def somebody_waits(self) -> bool:
        """Say whether some session of this database waits for a lock."""
        waits = (
            "SELECT count(*) > 0 FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(await self.value(waits))

    @asynccontextmanager
    async def locked(self) -> AsyncIterator[Connection]:
        """Hold the head's lock, so that what is sent meanwhile waits."""
        connection = await connect(self.url)
        try:
            async with connection.transaction():
                await connection.fetch("SELECT * FROM registry.lock_head()")
                yield connection
        finally:
            await connection.close()


async def send(committer: Committer, *commands: Command) -> list[Accepted | BaseException]:
    """Send ``commands`` at once, so that they are decided in one batch, and return what came of each."""
    return await asyncio.gather(*(committer.record(command) for command in commands), return_exceptions=True)


async def record(committer: Committer, *commands: Command) -> list[Accepted]:
    """Send ``commands`` at once and expect that all are accepted."""
    answers = await send(committer, *commands)
    return [accepted(answer) for answer in answers]


def accepted(answer: Accepted | BaseException) -> Accepted:
    """Expect that a command was accepted."""
    assert isinstance(answer, Accepted), repr(answer)
    return answer


def refused(answer: Accepted | BaseException, code: Code) -> Refusal:
    """Expect that a command was refused for ``code``."""
    assert isinstance(answer, Refusal), repr(answer)
    assert answer.code is code, str(answer)
    return answer


def codes(answers: Sequence[Accepted | BaseException]) -> list[Code | None]:
    """Return why each command was refused, None for one that was accepted."""
    return [_code(answer) for answer in answers]


def _code(answer: Accepted | BaseException) -> Code | None:
    if isinstance(answer, Refusal):
        return answer.code
    accepted(answer)
    return None


async def until(happened: Callable[[], Awaitable[object]], seconds: float = 10) -> None:
    """Look every 20 ms whether something happened, for at most so many seconds."""
    async with asyncio.timeout(seconds):
        while not await happened():  # noqa: ASYNC110 - what happens in the server sets no event here
            await asyncio.sleep(0.02)


async def terminate(url: str, pid: int) -> None:
    """End a session of the server and wait until it is gone."""
    connection = await asyncpg.connect(url)
    try:
        assert await connection.fetchval("SELECT pg_terminate_backend($1, 5000)", pid)
    finally:
        await connection.close()
