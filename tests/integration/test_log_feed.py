"""Whoever follows the log gets every event once and in order, whatever becomes of connections."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from uuid import uuid4

import asyncpg
import pytest

from registry.events import Recorded
from registry.organization.kinds import Kind
from registry.store.committer import Committer
from registry.store.connection import Connection, connect
from registry.store.feed import Feed
from tests.support.committing import MAPPER, Office, fresh, record, terminate, until
from tests.support.dalian import ASSOCIATION, established


class Listener:
    """A feed over connections of the test's own, and the process that its listening connection has."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.pids: list[int] = []

    async def connect(self) -> Connection:
        connection = await connect(self._office.url)
        self.pids.append(connection.get_server_pid())
        return connection

    def connections(self, count: int) -> Callable[[], Awaitable[bool]]:
        """Return the question whether as many connections have listened."""

        async def ask() -> bool:
            return len(self.pids) >= count

        return ask

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Connection]:
        connection = await connect(self._office.url)
        try:
            yield connection
        finally:
            await connection.close()

    @asynccontextmanager
    async def feed(self, poll_seconds: float = 1.0) -> AsyncIterator[Feed]:
        feed = Feed(self.connect, self.reading, MAPPER, poll_seconds)
        await feed.start()
        try:
            await until(self.connections(1))
            yield feed
        finally:
            await feed.stop()


async def take(feed: Feed, after: int, count: int, seconds: float = 20.0) -> list[Recorded]:
    """Return the next ``count`` events after a position."""
    taken: list[Recorded] = []
    async with asyncio.timeout(seconds), aclosing(feed.follow(after)) as events:
        async for event in events:
            taken.append(event)
            if len(taken) == count:
                break
    return taken


async def test_followers_end_with_the_feed(office: Office, committer: Committer) -> None:
    await record(committer, fresh(ASSOCIATION))
    listener = Listener(office)
    async with listener.feed(poll_seconds=30.0) as feed:
        followed = asyncio.create_task(everything(feed))
        await asyncio.sleep(0.2)
        assert not followed.done()
    async with asyncio.timeout(5):
        assert [event.position for event in await followed] == [1]


async def everything(feed: Feed) -> list[Recorded]:
    return [event async for event in feed.follow(0)]


async def test_what_is_recorded_between_a_look_and_the_wait_is_not_left_until_the_next_look(
    office: Office, committer: Committer
) -> None:
    listener = Listener(office)
    feed: Feed

    @asynccontextmanager
    async def looking() -> AsyncIterator[Connection]:
        """Give a connection; after the first look, let somebody record and the notification arrive."""
        async with listener.reading() as connection:
            yield connection
            if not looked:
                looked.append(True)
                await record(committer, fresh(ASSOCIATION))
                await asyncio.sleep(0.3)

    looked: list[bool] = []
    feed = Feed(listener.connect, looking, MAPPER, poll_seconds=30.0)
    await feed.start()
    await asyncio.sleep(0.2)
    try:
        assert [event.position for event in await take(feed, 0, 1, seconds=5.0)] == [1]
    finally:
        await feed.stop()


async def test_events_of_several_committers_come_once_and_in_order_to_everybody(office: Office) -> None:
    committers = [await office.open() for _ in range(3)]
    async with Listener(office).feed() as feed:
        followers = [asyncio.create_task(take(feed, 0, 120)) for _ in range(3)]
        for _ in range(4):
            batches = [
                [fresh(established(uuid4(), "科协", Kind.ASSOCIATION)) for _ in range(10)] for _ in committers
            ]
            await asyncio.gather(
                *(record(who, *batch) for who, batch in zip(committers, batches, strict=True))
            )
        for taken in await asyncio.gather(*followers):
            assert [event.position for event in taken] == list(range(1, 121))


async def test_a_follower_that_comes_back_goes_on_where_it_was(office: Office, committer: Committer) -> None:
    await record(committer, *(fresh(established(uuid4(), "科协", Kind.ASSOCIATION)) for _ in range(7)))
    async with Listener(office).feed() as feed:
        first = await take(feed, 0, 3)
        waiting = asyncio.create_task(take(feed, first[-1].position, 5))
        await record(committer, fresh(ASSOCIATION))
        assert [event.position for event in await waiting] == [4, 5, 6, 7, 8]


async def test_pages_join_without_a_seam(office: Office, committer: Committer) -> None:
    commands = [fresh(established(uuid4(), "科协", Kind.ASSOCIATION)) for _ in range(1001)]
    await record(committer, *commands)
    async with Listener(office).feed() as feed:
        taken = await take(feed, 0, 1001)
    assert [event.command_id for event in taken] == [command.command_id for command in commands]


async def test_a_notification_wakes_at_once(office: Office, committer: Committer) -> None:
    async with Listener(office).feed(poll_seconds=30.0) as feed:
        waiting = asyncio.create_task(take(feed, 0, 1, seconds=5.0))
        await asyncio.sleep(0.3)
        await record(committer, fresh(ASSOCIATION))
        await waiting


async def test_a_lost_listener_costs_at_most_a_look_and_is_replaced(
    office: Office, committer: Committer
) -> None:
    listener = Listener(office)
    async with listener.feed(poll_seconds=0.5) as feed:
        await terminate(office.url, listener.pids[0])
        waiting = asyncio.create_task(take(feed, 0, 2))
        await record(committer, fresh(ASSOCIATION))
        await until(listener.connections(2))
        await record(committer, fresh(established(uuid4(), "科协", Kind.ASSOCIATION)))
        assert [event.position for event in await waiting] == [1, 2]


async def test_a_follower_outlives_the_connection_that_it_reads_over(
    office: Office, committer: Committer
) -> None:
    losing = 2
    listener = Listener(office)

    @asynccontextmanager
    async def reading() -> AsyncIterator[Connection]:
        nonlocal losing
        async with listener.reading() as connection:
            if losing:
                losing -= 1
                await terminate(office.url, connection.get_server_pid())
            yield connection

    await record(committer, fresh(ASSOCIATION))
    feed = Feed(listener.connect, reading, MAPPER, poll_seconds=0.1)
    await feed.start()
    try:
        assert [event.position for event in await take(feed, 0, 1)] == [1]
        assert losing == 0
    finally:
        await feed.stop()


async def test_a_batch_notifies_once(office: Office, committer: Committer) -> None:
    heard: list[str] = []
    connection = await asyncpg.connect(office.url)
    try:
        await connection.add_listener("kexie_events", lambda *message: heard.append(str(message[3])))
        await record(committer, *(fresh(established(uuid4(), "科协", Kind.ASSOCIATION)) for _ in range(20)))
        await record(committer, fresh(ASSOCIATION))
        # A round trip on the listening connection comes after everything committed before it.
        await connection.fetchval("SELECT 1")
        assert heard == ["20", "21"]
    finally:
        await connection.close()


@pytest.mark.parametrize("after", [-1, 0])
async def test_an_empty_log_yields_nothing(office: Office, after: int) -> None:
    async with Listener(office).feed(poll_seconds=0.1) as feed:
        with pytest.raises(TimeoutError):
            await take(feed, after, 1, seconds=0.5)
