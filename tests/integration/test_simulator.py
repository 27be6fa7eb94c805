"""A simulation takes no lock that a writer would wait for, and leaves nothing behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from projections.inline import InlineProjections
from registry.errors import Code, Refusal
from registry.ids import stable_id
from registry.organization import commands as o
from registry.organization.kinds import Hierarchy, Kind
from registry.router import draft
from registry.store.connection import connect
from registry.store.simulator import COMMAND_LIMIT, Fetch, Simulator
from tests.support.desk import Desk, open_desk
from tests.support.sealing import MAPPER

DAY = date(2020, 1, 1)
CITY, OFFICE, HEIR = (stable_id(f"organization of a simulation {n}") for n in range(3))

_LOCKS = """
    SELECT string_agg(DISTINCT l.mode, ', ')
    FROM pg_locks AS l
    JOIN pg_class AS c ON c.oid = l.relation
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE l.pid = pg_backend_pid() AND (n.nspname = 'registry' OR n.nspname LIKE 'projection%')
"""
_NAMES = "SELECT string_agg(name, ' ' ORDER BY name) FROM organization WHERE valid @> $1::text::date"


class Asked(NamedTuple):
    sql: str
    parameters: Sequence[Any] = ()

    async def inquire(self, fetch: Fetch, _: str) -> str | None:
        return await fetch(self)


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    async with open_desk(database_url) as opened:
        for who, name, kind, places in (
            (CITY, "市科协", Kind.ASSOCIATION, ()),
            (OFFICE, "办公室", Kind.DEPARTMENT, (o.Place(Hierarchy.PART_OF, CITY),)),
        ):
            await opened.committer.record(_established(who, name, kind, places))
        yield opened


@pytest.fixture
def simulator(desk: Desk, database_url: str) -> Simulator:
    inline = InlineProjections(desk.projections, MAPPER.master)
    return Simulator(lambda: connect(database_url, desk.projections), MAPPER, inline, draft)


def _by(name: str) -> dict[str, Any]:
    return {"command_id": stable_id(name), "actor": "tester", "effective_on": DAY}


def _established(who: UUID, name: str, kind: Kind, places: tuple[o.Place, ...]) -> o.EstablishOrganization:
    return o.EstablishOrganization(organization=who, name=name, kind=kind, places=places, **_by(name))


def _heir() -> o.EstablishOrganization:
    return _established(HEIR, "人才部", Kind.DEPARTMENT, (o.Place(Hierarchy.PART_OF, CITY),))


async def test_no_lock_is_held_that_a_writer_would_wait_for(simulator: Simulator) -> None:
    simulated = await simulator.simulate([_heir()], Asked(_LOCKS).inquire)
    assert simulated.answer == "AccessShareLock"


async def test_a_command_is_recorded_while_a_simulation_stands_still(
    desk: Desk, simulator: Simulator
) -> None:
    """The simulation's question waits for a lock of ours; the command beside it does not."""
    await desk.connection.execute("SELECT pg_advisory_lock(7)")
    simulation = simulator.simulate([_heir()], Asked("SELECT pg_advisory_lock(7)::text").inquire)
    waiting = asyncio.create_task(simulation)
    renamed = o.RenameOrganization(organization=OFFICE, name="综合部", **_by("renamed"))
    try:
        accepted = await desk.record(renamed)
    finally:
        await desk.connection.execute("SELECT pg_advisory_unlock(7)")
    assert not isinstance(accepted, Refusal)
    # Whether the snapshot was taken before the command or after it is a matter of luck.
    assert (await waiting).position in (3, 4)


async def test_what_would_be_is_read_and_then_gone(desk: Desk, simulator: Simulator) -> None:
    before = await desk.tables()
    commands = [_heir(), o.RenameOrganization(organization=OFFICE, name="综合部", **_by("renamed"))]
    simulated = await simulator.simulate(commands, Asked(_NAMES, (DAY.isoformat(),)).inquire)
    assert simulated.answer == "人才部 市科协 综合部"
    assert await desk.tables() == before
    assert len(await desk.log()) == 3
    assert await desk.connection.fetchval("SELECT count(*) FROM registry.command") == 2


async def test_commands_see_those_before_them_and_not_those_refused(simulator: Simulator) -> None:
    under = _established(stable_id("below"), "处", Kind.DEPARTMENT, (o.Place(Hierarchy.PART_OF, HEIR),))
    alone = await simulator.simulate([under], None)
    assert [each.refusal and each.refusal.code for each in alone.supposed] == [Code.NOT_FOUND]
    together = await simulator.simulate([_heir(), under], None)
    assert [each.refusal for each in together.supposed] == [None, None]


async def test_too_many_commands_are_refused(simulator: Simulator) -> None:
    with pytest.raises(Refusal) as caught:
        await simulator.simulate([_heir()] * (COMMAND_LIMIT + 1), None)
    assert caught.value.code is Code.INVALID_INPUT
