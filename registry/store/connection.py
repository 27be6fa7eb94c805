"""Connections to the log's database (数据库连接)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple, TypeAlias

import asyncpg

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


LOST = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    # The server's farewell may come between two statements: the driver then speaks of its own states.
    asyncpg.InternalClientError,
)
"""What says that a connection is gone, or that there is none to be had."""

TROUBLE = (*LOST, asyncpg.PostgresError, asyncpg.InterfaceError)
"""Everything that can go wrong between a statement and its answer."""


LOCK_SECONDS = 20
"""How long a writer waits for the head's lock before what it was given is refused."""

_IDLE_SECONDS = 60
"""How long a session of ours may hold a transaction open without saying anything: it is stuck, or stopped."""

_TRANSACTION_SECONDS = 300
"""How long a writer may take to commit; in the middle of what it sends, it is not idle."""


class Wire(NamedTuple):
    """A connection and the lock to hold while using it: it carries one statement at a time."""

    connection: Connection
    lock: asyncio.Lock


async def connect(url: str, projections: str | None = None, *, writer: bool = False) -> Connection:
    """Open a connection that finds the tables of ``projections`` (a schema) by their bare names.

    The session speaks UTC, whatever the server is set to, and cannot be talked into another search path by a
    role's settings, nor into another isolation: who waited for the head's lock has to see what was committed
    meanwhile. A ``writer`` only ever looks rows up by key: sequential scans are ruled out, because the plans
    of foreign keys are made once a session, and one made while a table was empty would read the whole of it
    ever after. And whoever stops in the middle of a commit does not hold the head for ever.
    Raises OSError or asyncpg.PostgresError when the database is out of reach.
    """
    settings = {
        "search_path": search_path(projections),
        "timezone": "UTC",
        "application_name": "kexie",
        "default_transaction_isolation": "read committed",
        "idle_in_transaction_session_timeout": f"{_IDLE_SECONDS}s",
    }
    if writer:
        settings["enable_seqscan"] = "off"
        settings["lock_timeout"] = f"{LOCK_SECONDS}s"
        settings["transaction_timeout"] = f"{_TRANSACTION_SECONDS}s"
    return await asyncpg.connect(url, server_settings=settings)


def search_path(projections: str | None) -> str:
    """Return the path on which tables are found by their bare names."""
    return "registry, public" if projections is None else f"{projections}, registry, public"


async def enter(connection: Connection, projections: str) -> None:
    """Let ``connection`` find the tables of ``projections`` by their bare names from now on.

    Statements prepared before are planned anew by the server when they run under another path than before.
    In a transaction that is rolled back, this is undone as everything else.
    """
    await connection.execute(f"SET search_path TO {search_path(projections)}")


@asynccontextmanager
async def lent(url: str) -> AsyncIterator[Connection]:
    """Give a connection to the log for as long as it is needed."""
    connection = await connect(url)
    try:
        yield connection
    finally:
        await connection.close()
