<<<<<<< HEAD
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
=======
from __future__ import annotations

import pytest

from bench.harness import OURS
from bench.reports.contest import PEER, check_same, duels, measured, reading
from bench.reports.loading import load
from bench.reports.scale import QUICK


@pytest.mark.slow
async def test_every_report_and_compliance_give_what_the_statements_by_hand_give(database_url: str) -> None:
    loaded = await load(database_url, QUICK)
    assert loaded.facts["people"] == QUICK.people
    assert loaded.facts["late"] > 0
    async with reading(database_url, loaded) as reader:
        asked = duels(reader, loaded)
        # Every report and compliance, today and as it was once believed.
        assert len(asked) == 20
        for duel in asked:
            assert await check_same(duel) > 0, duel.name
        for name in (OURS, PEER):
            assert (await measured(asked[0].asks[name]))["time"] > 0
>>>>>>> bench
