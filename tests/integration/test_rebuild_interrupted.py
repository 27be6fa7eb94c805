"""A rebuild that dies anywhere leaves the register as it was; the next goes on and leaves nothing behind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from projections import building
from projections import rebuild as rebuilds
from projections.building import begin
from projections.filling import Filler, Part
from projections.rebuild import rebuild
from registry.organization.commands import EstablishOrganization
from registry.organization.kinds import Kind
from registry.person import commands as c
from registry.store.committer import Committer
from registry.store.connection import Connection, connect
from tests.support.audit import assert_replayed
from tests.support.committing import MAPPER, Office, fresh, record, until
from tests.support.dalian import FOUNDED, established
from tests.support.given import BY

_SETS = "SELECT name FROM registry.projection ORDER BY begun_at"
_SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'projection%' ORDER BY nspname"
_STREAMS = 12


class DiedError(Exception):
    """The builder is no more."""


def association() -> EstablishOrganization:
    return fresh(established(uuid4(), "科协", Kind.ASSOCIATION))


class Mortal:
    """A connection that is lost at the statement of a number, as when its process is killed there."""

    def __init__(self, connection: Connection, statements: int) -> None:
        self._connection = connection
        self._left = statements
        self.said = 0

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a connection has
        found = getattr(self._connection, name)
        return self._counted(found) if name in _SPEAKING else found

    def _counted(self, method: Callable[..., Any]) -> Callable[..., Any]:
        async def speak(*arguments: object, **named: object) -> object:
            self.said += 1
            if self.said > self._left:
                self._connection.terminate()
                raise DiedError
            return await method(*arguments, **named)

        return speak


_SPEAKING = {"execute", "fetch", "fetchrow", "fetchval", "copy_records_to_table"}


async def rebuilding(office: Office, statements: int) -> int:
    """Rebuild, and die after so many statements; return how many there were, or would have been none left."""
    connection = await connect(office.url)
    mortal: Any = Mortal(connection, statements)
    try:
        await rebuild(mortal, MAPPER)
    finally:
        connection.terminate()
    return int(mortal.said)


async def assert_whole(office: Office, sets: list[str]) -> None:
    """Expect the last of ``sets`` in use, as the log has it, and no others than these."""
    connection = await connect(office.url)
    try:
        assert await connection.fetchval("SELECT projections FROM registry.head") == sets[-1]
        await assert_replayed(connection, sets[-1])
    finally:
        await connection.close()
    assert [name for (name,) in await office.fetch(_SETS)] == sets
    assert [name for (name,) in await office.fetch(_SCHEMAS)] == sorted(sets)


async def test_a_builder_may_die_at_any_statement(
    office: Office, committer: Committer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It dies a little later each time, while commands are recorded, until one gets to the end."""
    monkeypatch.setattr(building, "PART_EVENTS", 4)
    await record(committer, *(association() for _ in range(_STREAMS)))
    deaths, number = 0, 0
    while True:
        try:
            await rebuilding(office, 1 + number)
        except (DiedError, asyncpg.InterfaceError):
            deaths += 1
            number += 7
            # What is in use is whole at any time, and is written.
            await record(committer, association())
            assert await office.value("SELECT projections FROM registry.head") == "projection_1"
        else:
            break
    assert deaths > 5
    await record(committer, association())
    await assert_whole(office, ["projection_1", await office.value("SELECT projections FROM registry.head")])


async def test_what_is_done_is_not_done_again(
    office: Office, committer: Committer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "PART_EVENTS", 4)
    await record(committer, *(association() for _ in range(_STREAMS)))
    filling, filled = Filler.part, list[Part]()

    async def dying(self: Filler, part: Part, position: int) -> None:
        await filling(self, part, position)
        if len(filled) == 2:
            raise DiedError
        filled.append(part)

    with monkeypatch.context() as patched:
        patched.setattr(Filler, "part", dying)
        with pytest.raises(DiedError):
            await rebuilding(office, 10_000)
        await record(committer, association())
        filled.append(filled[0])
        await rebuilding(office, 10_000)
    assert len(filled) == len(set(filled)) + 1
    assert len(filled) >= 4
    await assert_whole(office, ["projection_1", "projection_2"])


async def test_what_another_version_left_unfinished_is_dropped(office: Office, committer: Committer) -> None:
    connection = await connect(office.url)
    try:
        begun = await begin(connection)
    finally:
        await connection.close()
    await office.fetch("UPDATE registry.projection SET fingerprint = 'other' WHERE name = $1", begun)
    await record(committer, association())
    await rebuilding(office, 10_000)
    await assert_whole(office, ["projection_1", "projection_2"])


async def test_who_is_erased_during_a_rebuild_is_in_no_table(
    office: Office, committer: Committer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is half built is dropped by the erasure, and built anew."""
    monkeypatch.setattr(building, "PART_EVENTS", 4)
    person: dict[str, Any] = {"person": uuid4(), "effective_on": FOUNDED, **BY}
    await record(committer, *(association() for _ in range(_STREAMS)))
    await record(committer, fresh(c.RegisterPerson(name="欧阳晨曦", **person)))
    filling, parts = Filler.part, 0
    erasing: asyncio.Task[object] | None = None

    async def disturbed(self: Filler, part: Part, position: int) -> None:
        nonlocal parts, erasing
        await filling(self, part, position)
        parts += 1
        if parts == 3:
            erasing = asyncio.create_task(record(committer, fresh(c.ErasePerson(**person))))
            # It waits for this part to end: whoever works on a set holds it.
            await until(office.somebody_waits)

    with monkeypatch.context() as patched:
        patched.setattr(Filler, "part", disturbed)
        await rebuilding(office, 10_000)
    assert erasing is not None
    await erasing
    await assert_whole(office, ["projection_1", "projection_2"])
    for office.projections in ("projection_1", "projection_2"):
        assert await office.value("SELECT count(*) FROM person_private") == 0
        assert await office.value("SELECT count(*) FROM person") == 1


async def test_a_rebuild_that_is_always_dropped_ends_all_the_same(
    office: Office, committer: Committer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody is erased whenever a set is begun; the last one is built while nothing can be recorded."""
    persons = [uuid4() for _ in range(5)]
    for person in persons:
        await record(
            committer,
            fresh(c.RegisterPerson(person=person, name="某", effective_on=FOUNDED, **BY)),
        )
    filling, erased, sending = Filler.part, 0, list[asyncio.Task[object]]()

    async def disturbed(self: Filler, part: Part, position: int) -> None:
        nonlocal erased
        await filling(self, part, position)
        gone = fresh(c.ErasePerson(person=persons[erased], effective_on=FOUNDED, **BY))
        sending.append(asyncio.create_task(record(committer, gone)))
        erased += 1
        await until(office.somebody_waits)

    with monkeypatch.context() as patched:
        patched.setattr(Filler, "part", disturbed)
        await rebuilding(office, 10_000)
    await asyncio.gather(*sending)
    assert erased == 4
    # The fourth was erased after the change, which dropped what was in use before.
    await assert_whole(office, ["projection_2"])
    office.projections = "projection_2"
    assert await office.value("SELECT count(*) FROM person_private") == 1


async def test_who_erases_waits_for_no_index(
    office: Office, committer: Committer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index that would take for ever is given up, and the rebuild begins anew."""
    person: dict[str, Any] = {"person": uuid4(), "effective_on": FOUNDED, **BY}
    await record(committer, fresh(c.RegisterPerson(name="某", **person)))
    making, begun = building.begin, 0

    async def begin_with_a_long_task(connection: Connection) -> str:
        nonlocal begun
        name = await making(connection)
        begun += 1
        if begun == 1:
            long = "INSERT INTO build_task (place, stage, made) VALUES (1000, 1, 'SELECT pg_sleep(600)')"
            await connection.execute(long)
        return name

    sleeping = (
        "SELECT count(*) > 0 FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event = 'PgSleep'"
    )
    with monkeypatch.context() as patched:
        patched.setattr(rebuilds, "begin", begin_with_a_long_task)
        rebuild_ends = asyncio.create_task(rebuilding(office, 10_000))
        await until(lambda: office.value(sleeping))
        async with asyncio.timeout(10):
            await record(committer, fresh(c.ErasePerson(**person)))
            await rebuild_ends
    assert begun == 2
    await assert_whole(office, ["projection_1", "projection_2"])


async def test_new_workers_do_not_get_past_who_waits_to_drop(office: Office) -> None:
    """Two workers whose tasks overlap always hold the set: whoever would drop it gets it all the same."""
    connections = [await connect(office.url) for _ in range(3)]
    name = await building.begin(connections[2])

    async def keep_holding(connection: Connection) -> None:
        while True:
            async with connection.transaction():
                await building.hold(connection, name)
                await asyncio.sleep(0.1)

    holding = [asyncio.create_task(keep_holding(connections[0]))]
    await asyncio.sleep(0.05)
    holding.append(asyncio.create_task(keep_holding(connections[1])))
    async with asyncio.timeout(5):
        await building.drop(connections[2], name)
        for ended in await asyncio.gather(*holding, return_exceptions=True):
            assert isinstance(ended, building.SetDroppedError)
    for connection in connections:
        await connection.close()
    assert await office.fetch(_SETS) == [("projection_1",)]
