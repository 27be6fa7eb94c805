"""Several statements of one snapshot see the same register, whatever is recorded between them."""

from __future__ import annotations

import asyncio
from datetime import date
from uuid import UUID, uuid4

import asyncpg
import pytest
from graphql import GraphQLError

from graphql_api import reader
from graphql_api.planner.compiler import Statement
from graphql_api.reader import PoolReader, open_pool, open_sign_in_pool
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
