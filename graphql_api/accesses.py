"""Who read restricted data, of whom, and when, kept apart from the log (查阅记录).

An entry is written before the answer that it is about leaves: what cannot be recorded is not told. Entries
hold ids of people and names of fields, never a value.
"""

from __future__ import annotations

import asyncio
import os
import pwd
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol
from uuid import UUID

import asyncpg
import structlog
from msgspec import Struct

from graphql_api.keys import OUT_OF_REACH
from graphql_api.planner.reading import Reading
from graphql_api.problems import Problem, problem
from graphql_api.types.terms.access import AccessKind
from registry.statements import statement
from registry.time import Clock

_INSERT = statement("graphql_api", "access_insert")
_FORGET = statement("graphql_api", "access_forget")
_KEEP_SINCE = statement("graphql_api", "access_keep_since")
_OF_PERSONS = statement("graphql_api", "access_of_persons")

_FORGETS_EVERY = timedelta(days=1).total_seconds()
_LONGEST_OPERATION = 100
_PATIENCE_SECONDS = 10.0

_log = structlog.get_logger(__name__)


class Access(Struct, frozen=True, kw_only=True):
    """That somebody read restricted data (查阅)."""

    actor: str
    kind: AccessKind
    operation: str | None = None
    fields: Sequence[str] = ()
    persons: Sequence[UUID] = ()
    roots: Sequence[UUID] | None = None
    rows: int = 0

    @classmethod
    def of(cls, reading: Reading, fields: Sequence[str], persons: set[UUID], rows: int) -> Access:
        """Return what became of ``reading``: it showed ``fields`` of ``persons`` in ``rows`` objects."""
        return cls(
            actor=reading.actor,
            kind=reading.kind,
            operation=reading.operation,
            fields=fields,
            persons=sorted(persons),
            roots=reading.roots,
            rows=rows,
        )


def begins(reading: Reading) -> Access:
    """Return that somebody subscribes to restricted data; each delivery is recorded when there is some."""
    return Access.of(reading, reading.fields, set(), 0)


def by_machine(kind: AccessKind, persons: Sequence[UUID] = ()) -> Access:
    """Return what the command line gives out, to whoever of the machine's users runs it."""
    return Access(actor=f"machine:{_user()}", kind=kind, persons=persons, rows=len(persons))


def _user() -> str:
    """Return the machine's name for the user, who cannot choose it as an environment can be chosen."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


class Runner(Protocol):
    """A connection, or a pool of them."""

    async def execute(self, query: str, *args: Any) -> str:  # noqa: ANN401 - whatever the driver takes
        """Run a statement."""
        ...

    async def executemany(self, command: str, args: Iterable[Sequence[Any]]) -> None:
        """Run a statement for each of several rows, all or none, in one round trip."""
        ...

    async def fetch(self, query: str, *args: Any) -> Sequence[asyncpg.Record]:  # noqa: ANN401 - whatever the driver takes
        """Return the rows."""
        ...


async def write(runner: Runner, access: Access, at: datetime) -> None:
    """Add an entry, in a transaction of its own unless there is one: durable when this returns."""
    await runner.execute(_INSERT, *_row(access, at))


def _row(access: Access, at: datetime) -> tuple[Any, ...]:
    operation = None if access.operation is None else access.operation[:_LONGEST_OPERATION]
    return (
        at,
        access.actor,
        access.kind,
        operation,
        list(access.fields),
        list(access.persons),
        None if access.roots is None else list(access.roots),
        access.rows,
    )


async def read_by(runner: Runner, persons: Sequence[UUID]) -> list[dict[str, Any]]:
    """Return who read restricted data of people, for their own copy."""
    return [
        {
            "recordedAt": row["recorded_at"],
            "actor": row["actor"],
            "kind": row["kind"],
            "operation": row["operation"],
            "fields": row["fields"],
        }
        for row in await runner.fetch(_OF_PERSONS, list(persons))
    ]


class AccessLog:
    """Adds entries, all that wait at once in one transaction, and forgets those that are old enough."""

    def __init__(
        self,
        runner: Runner,
        connections: Callable[[], AbstractAsyncContextManager[Any]],
        clock: Clock,
        days: int,
    ) -> None:
        """Write over ``runner``; keep entries for ``days`` days by ``clock``."""
        self._runner = runner
        self._connections = connections
        self._clock = clock
        self._days = timedelta(days=days)
        self._waiting: list[_Waiting] = []
        self._writing: asyncio.Task[None] | None = None
        self._forgetting: asyncio.Task[None] | None = None

    async def record(self, access: Access) -> None:
        """Add an entry; raises GraphQLError when that is not possible, so that nothing is told."""
        written = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(_row(access, self._clock.now()), written))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await written
        except (*OUT_OF_REACH, asyncpg.PostgresError) as error:
            _log.exception("an access could not be recorded", kind=access.kind, fields=list(access.fields))
            raise problem(Problem.ACCESS_NOT_RECORDED) from error

    async def _write(self) -> None:
        """Write what waits, and then what came meanwhile, until nothing waits any more."""
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self._runner.executemany(_INSERT, [each.row for each in batch])
            except (*OUT_OF_REACH, asyncpg.PostgresError) as error:
                _settle(batch, error)
            else:
                _settle(batch, None)

    async def forget(self) -> int:
        """Take out the entries that are old enough, and return how many those were."""
        since = self._clock.now() - self._days
        async with self._connections() as connection, connection.transaction():
            await connection.execute(_KEEP_SINCE, since.isoformat())
            done: str = await connection.execute(_FORGET)
        count = int(done.rpartition(" ")[2])
        if count:
            _log.info("old entries of the access log were taken out", entries=count, since=since.isoformat())
        return count

    async def start(self) -> None:
        """Forget what is old, now and every day."""
        self._forgetting = asyncio.create_task(_repeatedly(self.forget))

    async def stop(self) -> None:
        """Finish writing, and forget no more."""
        if self._writing is not None:
            await self._writing
        if self._forgetting is not None:
            self._forgetting.cancel()
            with suppress(asyncio.CancelledError):
                await self._forgetting


class _Waiting(NamedTuple):
    """A row that is to be written, and who waits for that."""

    row: tuple[Any, ...]
    written: asyncio.Future[None]


def _settle(batch: Sequence[_Waiting], error: Exception | None) -> None:
    """Tell those who wait, and have not given up, what became of their rows."""
    for each in batch:
        if each.written.done():
            continue
        if error is None:
            each.written.set_result(None)
        else:
            each.written.set_exception(error)


async def _repeatedly(work: Callable[[], Awaitable[object]]) -> None:
    while True:
        try:
            await work()
        except (*OUT_OF_REACH, asyncpg.PostgresError) as error:
            _log.warning("old entries of the access log are still there", problem=str(error))
        await asyncio.sleep(_FORGETS_EVERY)
