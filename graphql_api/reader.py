"""Runs compiled statements over a pool of reading connections (查询连接池)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import asyncpg
import structlog

from graphql_api.lending import PLANNED_EACH_TIME, Lender
from graphql_api.planner.compiler import Statement
from graphql_api.problems import Problem, problem
from projections.in_force import OtherVersionError, enter_in_force
from registry.statements import statement
from registry.store.connection import LOST, Connection, search_path

_log = structlog.get_logger(__name__)

_CLOSING_SECONDS = 5.0
"""How long connections that are closed, or given back to a pool, are waited for."""

_CACHED_CHARACTERS = 200_000
"""Statements up to this length are prepared once per connection; that of a whole page has some 10,000."""

_MOVES = 4
"""How often an answer is looked for again because the projections moved; they move once in a long while."""

_ANSWER = statement("graphql_api", "answer")
_HOLD = statement("graphql_api", "hold")
_PATIENCE = statement("graphql_api", "patience")

_GONE = (
    *LOST,
    # A standby ends what stands in the way of its replay: by the one, by the other for a pinned page.
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
)
"""What says that a server does not answer, though another one, or the same a moment later, would."""

_PREFETCHED = 200
"""Rows fetched at a time where all are read one after another."""

SIGN_IN_CONNECTIONS = 3
"""Connections, in each process, by which those who ask are identified."""

ACCESS_CONNECTIONS = 2
"""Connections, in each process, by which it is recorded who read restricted data."""


async def _end_statement(connection: Connection) -> None:
    """End what a statement left open: readers change nothing else that would have to be reset.

    The driver has a statement parsed before it says what it is asked for. What breaks in between, as a value
    that has no form in UTF-8 or somebody who gave up, leaves the server waiting in a transaction of its own,
    whose time goes on, and whose locks are kept. Whatever is said next ends it.
    """
    try:
        await connection.execute("RESET plan_cache_mode", timeout=_CLOSING_SECONDS)
    except LOST:
        connection.terminate()


async def open_pool(url: str, projections: str, size: int, seconds: int, *, lazy: bool = False) -> Lender:
    """Open connections that read ``projections`` at first; a statement is cancelled after ``seconds``.

    A ``lazy`` pool connects when it is asked: whose server is away now may be there later.
    """
    pool = await asyncpg.create_pool(
        url,
        min_size=0 if lazy else 1,
        max_size=size,
        reset=_end_statement,
        max_cacheable_statement_size=_CACHED_CHARACTERS,
        server_settings={
            "search_path": search_path(projections),
            "timezone": "UTC",
            "application_name": "kexie reader",
            "statement_timeout": str(seconds * 1000),
            "default_transaction_read_only": "on",
            "jit": "off",
            # A plan made without dates and belief takes up to a hundred times as long where lists are nested.
            "plan_cache_mode": PLANNED_EACH_TIME,
        },
    )
    return Lender(pool, size)


async def open_sign_in_pool(url: str, seconds: int) -> asyncpg.Pool[asyncpg.Record]:
    """Open the few connections by which keys and sessions are looked up, used and ended."""
    return await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=SIGN_IN_CONNECTIONS,
        reset=_end_statement,
        server_settings={
            "search_path": search_path(None),
            "timezone": "UTC",
            "application_name": "kexie sign-in",
            "statement_timeout": str(seconds * 1000),
        },
    )


async def open_access_pool(url: str, seconds: int) -> asyncpg.Pool[asyncpg.Record]:
    """Open the few connections by which it is recorded who read what, and keys are fetched for that."""
    return await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=ACCESS_CONNECTIONS,
        reset=_end_statement,
        timeout=seconds,
        server_settings={
            "search_path": "registry, public",
            "timezone": "UTC",
            "application_name": "kexie access",
            "statement_timeout": str(seconds * 1000),
        },
    )


async def close_pool(pool: Lender | asyncpg.Pool[asyncpg.Record]) -> None:
    """Close a pool once its connections are back, and break off those that are not after a while.

    Whoever asked had time to be answered before. A question that goes on is nobody's any more, and must not
    keep the process from ending.
    """
    try:
        async with asyncio.timeout(_CLOSING_SECONDS):
            await pool.close()
    except TimeoutError:
        _log.warning("questions were broken off")
        pool.terminate()


class Connections:
    """Lends the connections of a pool as what they are: connections."""

    def __init__(self, pool: Lender | asyncpg.Pool[asyncpg.Record]) -> None:
        """Lend from ``pool``."""
        self._pool = pool

    def __call__(self) -> AbstractAsyncContextManager[Connection]:
        """Return a context that holds a connection."""
        # The pool's proxy has every method of a connection, but not its type.
        lent: Any = self._pool.acquire()
        connection: AbstractAsyncContextManager[Connection] = lent
        return connection


class Snapshots:
    """Lends connections of a pool in a snapshot, in which they find the projections in use."""

    def __init__(self, pool: Lender) -> None:
        """Lend from ``pool``."""
        self._lend = Connections(pool)

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[Connection]:
        """Return a context that holds a connection in a transaction; raises GraphQLError."""
        async with self._lend() as connection, _snapshot(connection):
            yield connection

    async def fetch(self, query: str, *arguments: object) -> Sequence[asyncpg.Record]:
        """Return the rows of one statement."""
        async with self() as connection:
            return await connection.fetch(query, *arguments)


class PoolReader:
    """Reads over whichever connection is free."""

    def __init__(self, pool: Lender, seconds: int) -> None:
        """Read over ``pool``; a question that waits longer than ``seconds`` for a connection is refused."""
        self._pool = pool
        self._seconds = seconds

    async def fetch(self, question: Statement) -> str | None:
        """Return the one text that ``question`` gives; a single statement sees a single snapshot."""
        told = await self.answer(question)
        return None if told is None else told.decode()

    async def answer(self, question: Statement) -> bytes | None:
        """Return that text as it is sent, in UTF-8."""
        sql = _ANSWER.format(statement=question.sql)
        async with self._lent(once=question.steady) as connection:
            for _ in range(_MOVES):
                row = await _row(connection, sql, question.parameters)
                if row is not None and row["in_force"]:
                    told: bytes | None = row["answer"]
                    return told
                await _enter(connection)
        raise problem(Problem.UNAVAILABLE)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Callable[[Statement], Awaitable[str | None]]]:
        """Give what fetches the text of one statement after another, all from the same snapshot."""
        async with self._lent() as connection, _snapshot(connection):

            async def fetch(question: Statement) -> str | None:
                text: str | None = await connection.fetchval(question.sql, *question.parameters)
                return text

            yield fetch

    async def rows(
        self, first: Statement, then: Statement, seconds: float | None = None
    ) -> AsyncGenerator[str, None]:
        """Yield the text of the first statement, then of each row of the second, all from one snapshot.

        The connection is kept for as long as whoever reads takes. A fetch may take ``seconds``, as the first
        one does that sorts, where that is said; otherwise as long as a question may.
        """
        async with self._lent() as connection, _snapshot(connection):
            if seconds is not None:
                # Until the transaction ends: the next who is lent the connection is bounded as before.
                await connection.fetchval(_PATIENCE, str(int(seconds * 1000)))
            yield await connection.fetchval(first.sql, *first.parameters)
            async for row in connection.cursor(then.sql, *then.parameters, prefetch=_PREFETCHED):
                yield row[0]

    @asynccontextmanager
    async def _lent(self, *, once: bool = False) -> AsyncIterator[Any]:
        """Give a connection, and word what may go wrong with it."""
        try:
            async with self._pool.acquire(timeout=self._seconds, once=once) as connection:
                yield connection
        except (TimeoutError, asyncpg.QueryCanceledError) as error:
            raise problem(Problem.TIMEOUT) from error
        except _GONE as error:
            raise problem(Problem.UNAVAILABLE) from error
        except asyncpg.InterfaceError as error:
            # Of a connection that the server closed between two statements the driver says this. What it says
            # of a wrong argument is a ValueError, too, and a mistake of ours.
            if isinstance(error, ValueError):
                raise
            raise problem(Problem.UNAVAILABLE) from error


@asynccontextmanager
async def _snapshot(connection: Any) -> AsyncIterator[None]:  # noqa: ANN401 - the pool's proxy is no Connection by type
    """Give a snapshot on the connection whose tables are those in use, and stay until it ends.

    Tables are not dropped while one of them is held. Until then those of a former set may go, however new the
    snapshot is: that of another one is begun.
    """
    for _ in range(_MOVES):
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            if await _hold(connection):
                yield
                return
    raise problem(Problem.UNAVAILABLE)


async def _hold(connection: Any) -> bool:  # noqa: ANN401 - here, too, it is the pool's proxy
    """Hold the tables in use until the transaction ends; return False when they are gone."""
    await _enter(connection)
    try:
        await connection.fetch(_HOLD)
    except asyncpg.UndefinedTableError:
        return False
    return True


async def _row(connection: Any, sql: str, parameters: Sequence[Any]) -> asyncpg.Record | None:  # noqa: ANN401 - the pool's proxy is no Connection by type
    """Return what the statement gives; None when its tables are gone, which may be those of a former set."""
    try:
        row: asyncpg.Record = await connection.fetchrow(sql, *parameters)
    except asyncpg.UndefinedTableError:
        if not await _enter(connection):
            raise
        return None
    return row


async def _enter(connection: Any) -> bool:  # noqa: ANN401 - here, too, it is the pool's proxy
    try:
        return await enter_in_force(connection)
    except OtherVersionError as error:
        raise problem(Problem.PROJECTIONS_MOVED) from error
