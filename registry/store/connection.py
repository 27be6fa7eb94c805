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
    ever after.
    Raises OSError or asyncpg.PostgresError when the database is out of reach.
    """
    path = "registry, public" if projections is None else f"{projections}, registry, public"
    settings = {
        "search_path": path,
        "timezone": "UTC",
        "application_name": "kexie",
        "default_transaction_isolation": "read committed",
    }
    if writer:
        settings["enable_seqscan"] = "off"
    return await asyncpg.connect(url, server_settings=settings)


@asynccontextmanager
async def lent(url: str) -> AsyncIterator[Connection]:
    """Give a connection to the log for as long as it is needed."""
    connection = await connect(url)
    try:
        yield connection
    finally:
        await connection.close()
