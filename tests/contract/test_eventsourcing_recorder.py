"""The recorders pass the library's own tests, and keep what the registry promises besides."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest
from eventsourcing import persistence
from eventsourcing.persistence import StoredEvent
from eventsourcing.tests import persistence as contract

from registry.store.postgres import EmbeddedPostgres
from registry.store.recorder import LogRecorder, StreamRecorder
from registry.time import civil_date
from tests.support.committing import until
from tests.support.database import ask, clone, drop, query

FIRST_VERSION = 0
"""The library's tests number some of their streams from 0."""


@pytest.fixture
def log_url(postgres: EmbeddedPostgres, database_template: str) -> Iterator[str]:
    """Give the address of a database whose log nothing shows."""
    name = asyncio.run(clone(postgres, database_template))
    url = postgres.url(name)
    ask(url, "UPDATE registry.head SET projections = NULL")
    yield url
    asyncio.run(drop(postgres, name))


class Recorders:
    """Opens recorders on a database of the test's own, and closes them."""

    @pytest.fixture(autouse=True)
    def _open(self, log_url: str) -> Iterator[None]:
        self.url = log_url
        self.opened: list[StreamRecorder] = []
        yield
        for recorder in self.opened:
            recorder.close()


class TestStreamRecorder(Recorders, contract.AggregateRecorderTestCase):
    def create_recorder(self) -> StreamRecorder:
        recorder = StreamRecorder(self.url, first_version=FIRST_VERSION)
        self.opened.append(recorder)
        return recorder


class TestLogRecorder(Recorders, contract.ApplicationRecorderTestCase[LogRecorder]):
    def create_recorder(self) -> LogRecorder:
        recorder = LogRecorder(self.url, first_version=FIRST_VERSION)
        self.opened.append(recorder)
        return recorder

    def test_insert_subscribe(self) -> None:
        """The library leaves it to each recorder whether it can be followed; this one can."""
        self.optional_test_insert_subscribe()


@pytest.fixture
def recorder(log_url: str) -> Iterator[LogRecorder]:
    with LogRecorder(log_url, actor="a follower") as opened:
        yield opened


def stored(stream: UUID, version: int, topic: str = "topic", state: bytes = b"state") -> StoredEvent:
    return StoredEvent(originator_id=stream, originator_version=version, topic=topic, state=state)


def rows(url: str, sql: str) -> list[tuple[object, ...]]:
    async def fetch() -> list[tuple[object, ...]]:
        connection = await asyncpg.connect(url)
        try:
            return [tuple(row) for row in await connection.fetch(sql)]
        finally:
            await connection.close()

    return asyncio.run(fetch())


def test_columns_that_the_library_does_not_know_are_filled_as_documented(
    recorder: LogRecorder, log_url: str
) -> None:
    one, other = uuid4(), uuid4()
    assert recorder.insert_events([stored(one, 1), stored(other, 1)]) == [1, 2]
    assert recorder.insert_events([stored(one, 2)]) == [3]
    first, second, third = rows(
        log_url,
        "SELECT recorded_at, effective_on, command_id, actor, cause, corrects, instrument FROM registry.event"
        " ORDER BY position",
    )
    assert first == second
    assert third[2] != first[2]
    assert third[0] > first[0]  # type: ignore[operator]  # both are instants
    for recorded_at, effective_on, _, actor, *absent in (first, third):
        assert effective_on == civil_date(recorded_at)  # type: ignore[arg-type]  # an instant
        assert (actor, absent) == ("a follower", [None, None, None])
    assert rows(log_url, "SELECT position, recorded_at FROM registry.head") == [(3, third[0])]
    assert rows(log_url, "SELECT count(*) FROM registry.command") == [(0,)]


def test_an_instant_follows_the_one_before_although_the_clock_does_not(
    recorder: LogRecorder, log_url: str
) -> None:
    ask(log_url, "UPDATE registry.head SET recorded_at = clock_timestamp() + interval '1 day'")
    [[ahead]] = rows(log_url, "SELECT recorded_at FROM registry.head")
    recorder.insert_events([stored(uuid4(), 1)])
    assert rows(log_url, "SELECT recorded_at FROM registry.event") == [
        (ahead + timedelta(microseconds=1),)  # type: ignore[operator]  # an instant
    ]


def test_a_log_that_projections_show_is_read_and_not_written(recorder: LogRecorder, log_url: str) -> None:
    stream = uuid4()
    recorder.insert_events([stored(stream, 1)])
    ask(log_url, "UPDATE registry.head SET projections = 'projection_1'")
    with pytest.raises(persistence.NotSupportedError, match="only commands write it"):
        recorder.insert_events([stored(stream, 2)])
    assert recorder.select_events(stream) == [stored(stream, 1)]
    assert [notification.id for notification in recorder.select_notifications(None, 10)] == [1]


def test_a_refused_insertion_takes_no_position(recorder: LogRecorder) -> None:
    stream = uuid4()
    recorder.insert_events([stored(stream, 1)])
    for taken in (
        [stored(uuid4(), 1), stored(stream, 1)],
        [stored(uuid4(), 1, state=b""), stored(stream, 0)],
    ):
        with pytest.raises(persistence.IntegrityError):
            recorder.insert_events(taken)
    assert recorder.max_notification_id() == 1
    assert recorder.insert_events([stored(stream, 2)]) == [2]
    assert recorder.insert_events([]) == []


def test_positions_of_writers_at_once_have_no_gap_and_followers_get_each_once(log_url: str) -> None:
    count, writers = 40, 4

    def write() -> None:
        with LogRecorder(log_url) as own:
            for _ in range(count):
                stream = uuid4()
                first, second = own.insert_events([stored(stream, 1), stored(stream, 2)]) or ()
                assert second == first + 1

    with LogRecorder(log_url) as following, following.subscribe() as subscription:
        threads = [threading.Thread(target=write) for _ in range(writers)]
        for thread in threads:
            thread.start()
        followed = [next(subscription).id for _ in range(2 * count * writers)]
        for thread in threads:
            thread.join()
    assert followed == list(range(1, 2 * count * writers + 1))


def test_a_subscription_chooses_topics_and_goes_on_from_a_position(recorder: LogRecorder) -> None:
    stream = uuid4()
    topics = ["a", "b", "a", "c", "a", "b"]
    recorder.insert_events([stored(stream, n, topic) for n, topic in enumerate(topics, start=1)])
    with recorder.subscribe(gt=1, topics=["a", "c"]) as subscription:
        assert [next(subscription).id for _ in range(3)] == [3, 4, 5]
        recorder.insert_events([stored(stream, 7, "b"), stored(stream, 8, "c")])
        assert next(subscription).id == 8


def test_a_subscription_outlives_its_listener(recorder: LogRecorder, log_url: str) -> None:
    with recorder.subscribe() as subscription:
        recorder.insert_events([stored(uuid4(), 1)])
        assert next(subscription).id == 1
        ended = (
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
            " WHERE query LIKE 'LISTEN%' AND datname = current_database()"
        )
        assert ask(log_url, ended) == 1
        recorder.insert_events([stored(uuid4(), 1)])
        assert next(subscription).id == 2


def test_a_recorder_outlives_its_connections(recorder: LogRecorder, log_url: str) -> None:
    stream = uuid4()
    recorder.insert_events([stored(stream, 1)])
    others = (
        "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
        " WHERE application_name = 'kexie recorder' AND datname = current_database()"
    )
    assert ask(log_url, others) == 1
    assert recorder.insert_events([stored(stream, 2)]) == [2]


def test_streams_are_found_by_text_too(recorder: LogRecorder) -> None:
    stream = uuid4()
    event = StoredEvent(str(stream), 1, "topic", b"state")
    recorder.insert_events([event])
    assert recorder.select_events(str(stream)) == [stored(stream, 1)]


def test_what_is_out_of_reach_or_closed_is_told_as_the_library_tells_it(
    postgres: EmbeddedPostgres, log_url: str
) -> None:
    with pytest.raises(persistence.DatabaseError, match="does not exist"):
        StreamRecorder(postgres.url("no_such_database"))
    with pytest.raises(persistence.OperationalError):
        StreamRecorder("postgresql://postgres@/kexie?host=/nonexistent")
    closed = StreamRecorder(log_url)
    closed.close()
    closed.close()
    with pytest.raises(persistence.InterfaceError, match="closed"):
        closed.select_events(uuid4())
    assert not [thread for thread in threading.enumerate() if thread.name == "recorder"]


def test_what_the_table_cannot_hold_is_bad_data(recorder: LogRecorder) -> None:
    for event in (stored(uuid4(), 2**31), stored(uuid4(), 1, topic="a\0")):
        with pytest.raises(persistence.DataError):
            recorder.insert_events([event])
    assert recorder.max_notification_id() is None


async def test_nothing_is_left_in_the_server(log_url: str) -> None:
    def use() -> None:
        with LogRecorder(log_url) as recorder, recorder.subscribe() as subscription:
            recorder.insert_events([stored(uuid4(), 1)])
            next(subscription)

    await asyncio.to_thread(use)
    left = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

    async def nobody_is_left() -> bool:
        return await query(log_url, left) == 0

    await until(nobody_is_left)
