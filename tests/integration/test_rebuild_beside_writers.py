"""A rebuild stops nobody: commands are recorded meanwhile, and whoever writes goes over to the new tables."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest

from projections import building, caretaker
from projections import rebuild as rebuilds
from projections.filling import Filler, Part
from projections.rebuild import drop_retired, rebuild
from registry.errors import Code
from registry.organization.commands import EstablishOrganization, RenameOrganization
from registry.organization.kinds import Kind
from registry.store.committer import Committer, Limits
from registry.store.connection import Connection, connect
from tests.support.audit import assert_replayed
from tests.support.committing import MAPPER, Office, codes, fresh, record, refused, send, until
from tests.support.dalian import ASSOCIATION, FOUNDED, OFFICE, department, established
from tests.support.given import BY

_LEFT_BEHIND = """
    SELECT nspname FROM pg_namespace
    WHERE nspname ~ '^projection_' AND nspname NOT IN (SELECT name FROM registry.projection)
    UNION ALL
    SELECT name FROM registry.projection WHERE built_at IS NULL
"""
_LONG_AGO = "UPDATE registry.projection SET retired_at = retired_at - interval '11 min'"
_OTHER_VERSION = "UPDATE registry.projection SET fingerprint = 'of another version' WHERE name = $1"


def association() -> EstablishOrganization:
    return fresh(established(uuid4(), "科协", Kind.ASSOCIATION))


@asynccontextmanager
async def opened(office: Office) -> AsyncIterator[Connection]:
    connection = await connect(office.url)
    try:
        yield connection
    finally:
        await connection.close()


async def rebuilt(office: Office) -> str:
    """Rebuild over a connection of its own, and let the office look at the new tables."""
    async with opened(office) as connection:
        office.projections = await rebuild(connection, MAPPER)
    return office.projections


async def assert_replay(office: Office) -> None:
    """Expect the tables in use to hold what the log says, and nothing unfinished to be left."""
    async with opened(office) as connection:
        active = await connection.fetchval("SELECT projections FROM registry.head")
        await assert_replayed(connection, active)
        assert await connection.fetch(_LEFT_BEHIND) == []
        assert await connection.fetchval("SELECT to_regclass($1)", f"{active}.build_task") is None


async def test_a_writer_goes_over_to_the_new_tables(office: Office, committer: Committer) -> None:
    await record(committer, fresh(ASSOCIATION))
    before = office.projections
    moved = await rebuilt(office)
    assert moved != before
    await record(committer, fresh(department(OFFICE, "办公室")))
    names = await office.fetch("SELECT name FROM organization ORDER BY name")
    assert names == [("办公室",), ("市科协",)]
    assert before == "projection_1"
    assert await office.fetch("SELECT name FROM projection_1.organization") == [("市科协",)]
    await assert_replay(office)


async def test_a_writer_goes_over_though_the_old_tables_are_gone(
    office: Office, committer: Committer
) -> None:
    await record(committer, fresh(ASSOCIATION))
    await rebuilt(office)
    moved = await rebuilt(office)
    async with opened(office) as connection:
        assert await drop_retired(connection) == []
        await connection.execute(_LONG_AGO)
        assert await drop_retired(connection) == ["projection_1", "projection_2"]
    assert await office.fetch("SELECT name FROM registry.projection") == [(moved,)]
    await record(committer, fresh(department(OFFICE, "办公室")))
    await assert_replay(office)


async def test_tables_of_another_version_are_not_written(office: Office, committer: Committer) -> None:
    await record(committer, fresh(ASSOCIATION))
    before = office.projections
    moved = await rebuilt(office)
    await office.fetch(_OTHER_VERSION, moved)
    late = fresh(department(OFFICE, "办公室"))
    refusal = refused((await send(committer, late))[0], Code.PROJECTIONS_MOVED)
    assert refusal.details == {"ours": before, "active": moved}
    assert await office.value("SELECT count(*) FROM registry.command") == 1


async def test_a_program_of_another_version_builds_tables_of_its_own(office: Office) -> None:
    await office.fetch(_OTHER_VERSION, office.projections)
    committer = await office.open()
    await record(committer, association())
    await rebuilt(office)
    await record(committer, association())
    await assert_replay(office)


async def test_commands_are_recorded_in_the_middle_of_every_part(
    office: Office, committer: Committer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part is filled while a command is recorded: about a stream of its own, and about new ones."""
    monkeypatch.setattr(building, "PART_EVENTS", 3)
    streams = [association() for _ in range(12)]
    await record(committer, *streams)
    filling, parts = Filler.part, 0

    async def disturbed(self: Filler, part: Part, position: int) -> None:
        nonlocal parts
        await filling(self, part, position)
        renamed = streams[parts % len(streams)].organization
        rename = RenameOrganization(organization=renamed, name=f"第 {parts} 次", effective_on=FOUNDED, **BY)
        async with asyncio.timeout(10):
            await record(committer, fresh(rename), association())
        parts += 1

    with monkeypatch.context() as patched:
        patched.setattr(Filler, "part", disturbed)
        await rebuilt(office)
    assert parts >= 4
    assert await office.value("SELECT count(*) FROM organization") == 12 + parts
    assert await office.value("SELECT count(*) FROM organization_past") == parts
    await record(committer, association())
    await assert_replay(office)


async def test_nothing_is_lost_around_rebuilds_under_load(office: Office) -> None:
    committer = await office.open(limits=Limits(batch=3))
    other = await office.open(limits=Limits(batch=2))
    stop = asyncio.Event()
    sent = 0

    async def keep_sending(to: Committer) -> None:
        nonlocal sent
        while not stop.is_set():
            await record(to, association(), association())
            sent += 2

    sending = [asyncio.create_task(keep_sending(to)) for to in (committer, other, committer)]
    for _ in range(3):
        await rebuilt(office)
    stop.set()
    await asyncio.gather(*sending)
    assert await office.value("SELECT count(*) FROM organization") == sent
    assert await office.value("SELECT max(position) FROM registry.event") == sent
    await assert_replay(office)


async def test_two_rebuilds_at_once_are_one_after_the_other(office: Office, committer: Committer) -> None:
    await record(committer, association())
    async with opened(office) as one, opened(office) as other:
        names = await asyncio.gather(rebuild(one, MAPPER), rebuild(other, MAPPER))
    assert sorted(names) == ["projection_2", "projection_3"]
    assert await office.value("SELECT projections FROM registry.head") == "projection_3"
    assert codes(await send(committer, association())) == [None]
    await assert_replay(office)


async def test_servers_drop_what_has_been_out_of_use_for_long(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also after the database was out of reach; what somebody still reads stays until the next look."""
    monkeypatch.setattr(caretaker, "_PAUSE_SECONDS", 0.05)
    monkeypatch.setattr(rebuilds, "_IMPATIENT", "SET LOCAL lock_timeout TO '50ms'")
    looked = 0

    @asynccontextmanager
    async def lend() -> AsyncIterator[Connection]:
        nonlocal looked
        looked += 1
        if looked == 1:
            raise ConnectionRefusedError
        async with opened(office) as connection:
            yield connection

    await rebuilt(office)
    sets = "SELECT count(*) FROM registry.projection"
    looking, seen = caretaker.Caretaker(lend), 0

    async def looked_twice() -> bool:
        return looked > seen + 2

    async def gone() -> bool:
        return bool(await office.value(sets) == 1)

    await looking.start()
    try:
        async with opened(office) as reading, reading.transaction():
            await reading.fetch("SELECT FROM projection_1.organization")
            await office.fetch(_LONG_AGO)
            seen = looked
            await until(looked_twice)
            assert await office.value(sets) == 2
        await until(gone)
    finally:
        await looking.stop()
    await assert_replay(office)
