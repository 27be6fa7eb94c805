"""The report benchmark compares like with like: both statements give the same rows, and some."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

import asyncpg
import pytest

from bench.reports.__main__ import Ours, check_same, measured, settled


@contextlib.asynccontextmanager
async def _city(url: str) -> AsyncIterator[asyncpg.Connection[asyncpg.Record]]:
    connection = await settled(url, quick=True)
    try:
        yield connection
    finally:
        await connection.close()


@pytest.mark.slow
async def test_every_report_is_what_somebody_would_have_written_by_hand(database_url: str) -> None:
    assert len(measured()) == 9
    async with _city(database_url) as connection:
        for name in measured():
            await check_same(connection, name)
            ours = Ours(connection, name)
            first, *_ = ours.rows(await ours.answer())
            assert first, name
