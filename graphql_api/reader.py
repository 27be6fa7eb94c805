"""Runs compiled statements over a pool of reading connections (查询连接池)."""

from __future__ import annotations

import asyncpg

from graphql_api.planner.compiler import Statement
from registry.store.connection import Connection


async def _leave(_: Connection) -> None:
    """Leave a connection as it is: readers change nothing that would have to be reset."""


async def open_pool(url: str, projections: str, size: int, seconds: int) -> asyncpg.Pool[asyncpg.Record]:
    """Open connections that read ``projections``; a statement longer than ``seconds`` is cancelled."""
    return await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=size,
        reset=_leave,
        server_settings={
            "search_path": f"{projections}, registry, public",
            "timezone": "UTC",
            "application_name": "kexie reader",
            "statement_timeout": str(seconds * 1000),
            "default_transaction_read_only": "on",
            "jit": "off",
        },
    )


class PoolReader:
    """Reads over whichever connection is free."""

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record]) -> None:
        """Read over ``pool``."""
        self._pool = pool

    async def fetch(self, statement: Statement) -> str:
        """Return the one text that ``statement`` gives; a single statement sees a single snapshot."""
        async with self._pool.acquire() as connection:
            text: str = await connection.fetchval(statement.sql, *statement.parameters)
        return text
