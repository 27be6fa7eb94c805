"""One order, one transaction: positions, instants and commits of several committers agree."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

from registry.organization.commands import EstablishOrganization
from registry.organization.kinds import Hierarchy, Kind
from registry.store.committer import Committer
from tests.support.committing import Office, fresh, record, until
from tests.support.dalian import CITY, REGISTER, established

TICK = timedelta(microseconds=1)


def association() -> EstablishOrganization:
    return fresh(established(uuid4(), "科协", Kind.ASSOCIATION))


async def test_positions_count_up_without_a_gap_in_the_order_of_commands(
    office: Office, committer: Committer
) -> None:
    commands = [fresh(command) for command in REGISTER]
    answers = await record(committer, *commands)
    rows = await office.fetch("SELECT position, command_id FROM registry.event ORDER BY position")
    assert [position for position, _ in rows] == list(range(1, len(rows) + 1))
    assert list(dict.fromkeys(command for _, command in rows)) == [c.command_id for c in commands]
    for answer in answers:
        positions = [position for position, command in rows if command == answer.command_id]
        assert answer.first_position is not None
        assert answer.last_position is not None
        assert positions == list(range(answer.first_position, answer.last_position + 1))
    assert await office.value("SELECT position FROM registry.head") == len(rows)


async def test_the_order_of_positions_is_the_order_of_commits_and_of_instants(office: Office) -> None:
    committers = [await office.open() for _ in range(3)]

    async def write(committer: Committer) -> None:
        for _ in range(8):
            await record(committer, *(association() for _ in range(5)))

    async def watch() -> int:
        """Look until all is there: whoever looks sees what was committed so far, and no gap in it."""
        looks = 0
        while True:
            (found,) = await office.fetch("SELECT count(*), max(position) FROM registry.event")
            assert found[0] == (found[1] or 0)
            looks += 1
            if found[0] == 120:
                return looks

    looks, *_ = await asyncio.gather(watch(), *(write(committer) for committer in committers))
    assert looks is not None
    assert looks > 1
    rows = await office.fetch("SELECT position, recorded_at FROM registry.event ORDER BY position")
    assert [row[0] for row in rows] == list(range(1, 121))
    instants = [recorded_at for _, recorded_at in rows]
    assert all(later > earlier for earlier, later in pairwise(instants))


async def test_events_of_a_command_share_an_instant_and_commands_do_not(
    office: Office, committer: Committer
) -> None:
    units = [uuid4() for _ in range(4)]
    places = ((Hierarchy.PART_OF, CITY), (Hierarchy.LEADS, CITY))
    await record(
        committer,
        fresh(established(CITY, "市科协", Kind.ASSOCIATION)),
        *(fresh(established(unit, "部", Kind.DEPARTMENT, *places)) for unit in units),
    )
    rows = await office.fetch(
        "SELECT count(*), count(DISTINCT recorded_at), min(recorded_at) FROM registry.event"
        " GROUP BY command_id ORDER BY min(position)"
    )
    assert [count for count, _, _ in rows] == [1, 3, 3, 3, 3]
    assert {instants for _, instants, _ in rows} == {1}
    # Within a batch the clock is read once, and each command comes a microsecond after the one before.
    first = rows[0][2]
    assert [instant - first for _, _, instant in rows] == [n * TICK for n in range(5)]
    commands = (
        "SELECT DISTINCT c.recorded_at = e.recorded_at"
        " FROM registry.command c JOIN registry.event e ON e.command_id = c.id"
    )
    assert await office.fetch(commands) == [(True,)]
    assert await office.value("SELECT recorded_at FROM registry.head") == rows[-1][2]


async def test_an_instant_is_never_before_the_lock_was_had(office: Office, committer: Committer) -> None:
    async with office.locked() as holder:
        waiting = asyncio.create_task(record(committer, association()))
        await until(office.somebody_waits)
        await asyncio.sleep(0.2)
        released: datetime = await holder.fetchval("SELECT clock_timestamp()")
    [answer] = await waiting
    assert answer.recorded_at > released
    assert answer.recorded_at - released < timedelta(seconds=10)
    assert answer.recorded_at.tzinfo is UTC


async def test_a_batch_is_one_transaction_of_events_answers_and_projections(
    office: Office, committer: Committer
) -> None:
    await record(committer, *(fresh(command) for command in REGISTER))
    tables = [
        "registry.event",
        "registry.command",
        "registry.head",
        "life",
        "organization",
        "relation",
        "function",
        "holding",
    ]
    for table in tables:
        # Each row says which transaction wrote it.
        written = await office.fetch(
            f"SELECT DISTINCT xmin::text, (SELECT xmin::text FROM registry.head) FROM {table}"  # noqa: S608 - a name of ours
        )
        assert written == [(written[0][1], written[0][1])], table


async def test_what_queues_during_a_commit_is_the_next_batch(office: Office, committer: Committer) -> None:
    async with office.locked():
        first = asyncio.create_task(record(committer, association()))
        await until(office.somebody_waits)
        rest = [asyncio.create_task(record(committer, association())) for _ in range(9)]
        await asyncio.sleep(0.05)
    await asyncio.gather(first, *rest)
    batches = "SELECT count(*) FROM registry.event GROUP BY xmin ORDER BY min(position)"
    assert await office.fetch(batches) == [(1,), (9,)]


async def test_the_default_isolation_of_the_database_does_not_matter(office: Office) -> None:
    name = await office.value("SELECT current_database()")
    await office.fetch(f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'")
    one, other = await office.open(), await office.open()
    for _ in range(5):
        await asyncio.gather(*(record(who, association()) for who in (one, other)))
    assert await office.value("SELECT count(*) FROM registry.event") == 10
