"""Several statements of one snapshot see the same register, whatever is recorded between them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from uuid import UUID, uuid4

import asyncpg
import pytest
from graphql import GraphQLError

from graphql_api import reader
from graphql_api.lending import Lender
from graphql_api.planner.compiler import Statement
from graphql_api.reader import Connections, PoolReader, open_access_pool, open_pool, open_sign_in_pool
from registry.instrument.commands import RecordInstrument
from tests.support.desk import open_desk

_HEAD = Statement("SELECT position::text FROM registry.head", [])


def _document() -> RecordInstrument:
    return RecordInstrument(
        command_id=uuid4(),
        actor="tester",
        document=UUID(int=1),
        title="通知",
        effective_on=date(2020, 1, 1),
    )


async def test_statements_of_one_snapshot_see_one_register(database_url: str) -> None:
    async with open_desk(database_url) as desk:
        pool = await open_pool(database_url, desk.projections, 2, 1)
        reader = PoolReader(pool, 10)
        try:
            async with reader.snapshot() as fetch:
                before = await fetch(_HEAD)
                await desk.committer.record(_document())
                assert await fetch(_HEAD) == before
            assert await reader.fetch(_HEAD) == str(int(before or 0) + 1)
            with pytest.raises(GraphQLError, match="too long"):
                async with reader.snapshot() as fetch:
                    await fetch(Statement("SELECT pg_sleep($1)::text", [60]))
        finally:
            await pool.close()


@pytest.mark.parametrize(
    "opened",
    [
        lambda url: open_pool(url, "public", 1, 10),
        lambda url: open_sign_in_pool(url, 10),
        lambda url: open_access_pool(url, 10),
    ],
    ids=["readers", "sign-in", "access"],
)
async def test_what_breaks_between_parse_and_bind_leaves_no_statement_open(
    database_url: str, opened: Callable[[str], Awaitable[Lender | asyncpg.Pool[asyncpg.Record]]]
) -> None:
    pool = await opened(database_url)
    try:
        async with Connections(pool)() as connection:
            asked = connection.get_server_pid()
        with pytest.raises(asyncpg.DataError):
            await pool.fetch("SELECT $1::text", "\ud800")
        # The server has parsed the statement. While it waits for more of it, the time of the statement runs,
        # whoever is lent the connection next is told that it ran out, and what it reads stays locked.
        assert await _state(database_url, asked) == "idle"
        assert [row[0] for row in await pool.fetch("SELECT pg_backend_pid()")] == [asked]
    finally:
        await pool.close()


async def _state(url: str, pid: int) -> str:
    connection = await asyncpg.connect(url)
    try:
        state: str = await connection.fetchval("SELECT state FROM pg_stat_activity WHERE pid = $1", pid)
        return state
    finally:
        await connection.close()


async def test_a_pool_closes_although_a_question_goes_on(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_CLOSING_SECONDS", 0.1)
    pool = await open_sign_in_pool(database_url, 60)
    connection = await pool.acquire()
    asking = asyncio.create_task(connection.fetchval("SELECT pg_sleep(60)"))
    await asyncio.sleep(0)
    await reader.close_pool(pool)
    with pytest.raises((asyncpg.ConnectionDoesNotExistError, asyncpg.InterfaceError)):
        await asking
