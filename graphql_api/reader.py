"""Runs compiled statements over a pool of reading connections (查询连接池)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import asyncpg

from graphql_api.planner.compiler import Statement
from graphql_api.problems import Problem, problem
from registry.store.connection import Connection

_CACHED_CHARACTERS = 200_000
"""Statements up to this length are prepared once per connection; that of a whole page has some 10,000."""

SIGN_IN_CONNECTIONS = 3
"""Connections, in each process, by which those who ask are identified."""

ACCESS_CONNECTIONS = 2
"""Connections, in each process, by which it is recorded who read restricted data."""


async def _leave(_: Connection) -> None:
    """Leave a connection as it is: readers change nothing that would have to be reset."""


async def open_pool(url: str, projections: str, size: int, seconds: int) -> asyncpg.Pool[asyncpg.Record]:
    """Open connections that read ``projections``; a statement longer than ``seconds`` is cancelled."""
    return await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=size,
        reset=_leave,
        max_cacheable_statement_size=_CACHED_CHARACTERS,
        server_settings={
            "search_path": f"{projections}, registry, public",
            "timezone": "UTC",
            "application_name": "kexie reader",
            "statement_timeout": str(seconds * 1000),
            "default_transaction_read_only": "on",
            "jit": "off",
            # A plan made without dates and belief takes up to a hundred times as long where lists are nested.
            "plan_cache_mode": "force_custom_plan",
        },
    )


async def open_sign_in_pool(url: str, seconds: int) -> asyncpg.Pool[asyncpg.Record]:
    """Open the few connections by which keys and sessions are looked up, used and ended."""
    return await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=SIGN_IN_CONNECTIONS,
        reset=_leave,
        server_settings={
            "search_path": "registry, public",
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
        reset=_leave,
        timeout=seconds,
        server_settings={
            "search_path": "registry, public",
            "timezone": "UTC",
            "application_name": "kexie access",
            "statement_timeout": str(seconds * 1000),
        },
    )


class Connections:
    """Lends the connections of a pool as what they are: connections."""

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record]) -> None:
        """Lend from ``pool``."""
        self._pool = pool

    def __call__(self) -> AbstractAsyncContextManager[Connection]:
        """Return a context that holds a connection."""
        # The pool's proxy has every method of a connection, but not its type.
        lent: Any = self._pool.acquire()
        connection: AbstractAsyncContextManager[Connection] = lent
        return connection


class PoolReader:
    """Reads over whichever connection is free."""

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record], seconds: int) -> None:
        """Read over ``pool``; a question that waits longer than ``seconds`` for a connection is refused."""
        self._pool = pool
        self._seconds = seconds

    async def fetch(self, statement: Statement) -> str | None:
        """Return the one text that ``statement`` gives; a single statement sees a single snapshot."""
        async with self._lent() as connection:
            text: str | None = await connection.fetchval(statement.sql, *statement.parameters)
        return text

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Callable[[Statement], Awaitable[str | None]]]:
        """Give what fetches the text of one statement after another, all from the same snapshot."""
        async with (
            self._lent() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):

            async def fetch(statement: Statement) -> str | None:
                text: str | None = await connection.fetchval(statement.sql, *statement.parameters)
                return text

            yield fetch

    @asynccontextmanager
    async def _lent(self) -> AsyncIterator[Any]:
        """Give a connection, and word what may go wrong with it."""
        try:
            async with self._pool.acquire(timeout=self._seconds) as connection:
                yield connection
        except (TimeoutError, asyncpg.QueryCanceledError) as error:
            raise problem(Problem.TIMEOUT) from error
        except (OSError, asyncpg.PostgresConnectionError, asyncpg.OperatorInterventionError) as error:
            raise problem(Problem.UNAVAILABLE) from error
