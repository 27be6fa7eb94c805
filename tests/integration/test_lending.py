"""Connections are lent one at a time, kept while they are sound, and given up when they are not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from graphql_api import lending
from graphql_api.lending import PLANNED_EACH_TIME, PLANNED_ONCE, Lender

_PID = "SELECT pg_backend_pid()"


@pytest.fixture
async def lender(database_url: str) -> AsyncIterator[Lender]:
    """Give who lends two connections."""
    opened = Lender(await asyncpg.create_pool(database_url, min_size=0, max_size=2), 2)
    yield opened
    await opened.close()


async def _pid(lender: Lender) -> int:
    async with lender.acquire(timeout=5) as connection:
        found: int = await connection.fetchval(_PID)
        return found


async def test_who_asks_one_after_another_gets_the_same_connection(lender: Lender) -> None:
    assert len({await _pid(lender) for _ in range(3)}) == 1
    assert len(await lender.fetch("SELECT 1 UNION SELECT 2")) == 2


async def test_statements_are_planned_once_or_each_time_as_the_borrower_says(lender: Lender) -> None:
    before = (0, 0)
    for once in (True, True, False, False, True):
        async with lender.acquire(once=once) as connection:
            assert await connection.fetchval("SELECT $1::integer", 7) == 7
            counted = await connection.fetchrow(
                "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement = $1",
                "SELECT $1::integer",
            )
        assert (counted[0] - before[0], counted[1] - before[1]) == (int(once), int(not once))
        before = (counted[0], counted[1])


async def test_a_free_connection_is_lent_whichever_way_it_plans(lender: Lender) -> None:
    async with lender.acquire(), lender.acquire():
        pass
    async with lender.acquire(once=True) as one, lender.acquire(once=True) as two:
        assert [await each.fetchval("SHOW plan_cache_mode") for each in (one, two)] == [PLANNED_ONCE] * 2
        asked = {await each.fetchval(_PID) for each in (one, two)}
    async with lender.acquire() as one, lender.acquire() as two:
        assert [await each.fetchval("SHOW plan_cache_mode") for each in (one, two)] == [PLANNED_EACH_TIME] * 2
        assert asked == {await each.fetchval(_PID) for each in (one, two)}


async def test_no_more_are_lent_than_there_are_and_who_waits_too_long_is_told(lender: Lender) -> None:
    async with lender.acquire() as one, lender.acquire() as two:
        assert await one.fetchval(_PID) != await two.fetchval(_PID)
        with pytest.raises(TimeoutError):
            await _take_soon(lender)
    # Whoever gave up waiting has not taken a turn away from anybody.
    async with lender.acquire(timeout=5), lender.acquire(timeout=5):
        pass


async def _take_soon(lender: Lender) -> None:
    async with lender.acquire(timeout=0.05):
        pass


async def test_who_waits_gets_the_one_that_comes_back_first(lender: Lender) -> None:
    async with lender.acquire():
        async with lender.acquire() as connection:
            waiting = asyncio.create_task(_pid(lender))
            await asyncio.sleep(0)
            expected = await connection.fetchval(_PID)
        assert await waiting == expected


async def test_a_connection_that_the_server_ended_is_lent_no_more(lender: Lender, database_url: str) -> None:
    ended = await _pid(lender)
    other = await asyncpg.connect(database_url)
    try:
        # It waits until the other process is gone.
        assert await other.fetchval("SELECT pg_terminate_backend($1, 10000)", ended)
    finally:
        await other.close()
    (lying,) = lender._at_hand[False]  # noqa: SLF001 - what nobody has borrowed cannot be looked at otherwise
    # Once the word that it is ended was read, its proxy is good for nothing, not even to say so.
    while _is_whole(lying):  # noqa: ASYNC110 - the driver tells nobody
        await asyncio.sleep(0.005)
    assert await _pid(lender) != ended


def _is_whole(connection: asyncpg.Connection) -> bool:
    try:
        return not connection.is_closed()
    except asyncpg.InterfaceError:
        return False


async def test_what_is_broken_off_leaves_a_connection_that_can_be_asked(lender: Lender) -> None:
    async def sleep() -> None:
        async with lender.acquire() as connection:
            begun.set()
            await connection.execute("SELECT pg_sleep(60)")

    begun = asyncio.Event()
    asleep = asyncio.create_task(sleep())
    await begun.wait()
    await asyncio.sleep(0.05)
    asleep.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asleep
    async with lender.acquire(timeout=5) as one, lender.acquire(timeout=5) as two:
        assert [await one.fetchval("SELECT 1"), await two.fetchval("SELECT 1")] == [1, 1]


async def test_a_transaction_that_is_left_open_ends_before_the_next_is_lent_it(lender: Lender) -> None:
    async with lender.acquire() as connection:
        await connection.execute("BEGIN")
    async with lender.acquire() as connection:
        assert not connection.is_in_transaction()


async def test_now_and_then_all_go_back_to_the_pool(lender: Lender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lending, "_RESTING_SECONDS", 0.0)
    await _pid(lender)
    for _ in range(5):
        await asyncio.sleep(0)
    assert lender._at_hand == {False: [], True: []}  # noqa: SLF001 - nobody else can tell
    assert await _pid(lender)


async def test_one_that_is_closed_closes_all_and_lends_no_more(database_url: str) -> None:
    pool = await asyncpg.create_pool(database_url, min_size=0, max_size=2)
    lender = Lender(pool, 2)
    await _pid(lender)
    await lender.close()
    assert pool.get_size() == 0
    with pytest.raises(asyncpg.InterfaceError):
        await _pid(lender)
