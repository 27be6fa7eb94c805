"""What a committer does not take on: too much, too late, under a wrong clock, for unread projections."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from uuid import uuid4

import pytest

from registry.errors import Code
from registry.organization.commands import EstablishOrganization
from registry.organization.kinds import Kind
from registry.store.committer import Committer, Limits
from tests.support.committing import Office, accepted, codes, fresh, record, refused, send, until
from tests.support.dalian import established

HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)


def association() -> EstablishOrganization:
    return fresh(established(uuid4(), "科协", Kind.ASSOCIATION))


class Shift:
    """Moves the clock that committers read."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def install(self) -> Shift:
        await self._office.fetch("CREATE TABLE registry.shift AS SELECT interval '0' AS by")
        await self._office.fetch(
            "CREATE OR REPLACE FUNCTION registry.lock_head("
            " OUT head_position bigint, OUT head_recorded_at timestamptz, OUT active text,"
            " OUT clock timestamptz"
            ") LANGUAGE plpgsql AS $$ BEGIN"
            " SELECT position, recorded_at, projections INTO STRICT head_position, head_recorded_at, active"
            " FROM registry.head FOR UPDATE;"
            " clock := clock_timestamp() + (SELECT by FROM registry.shift); END $$"
        )
        return self

    async def by(self, shift: timedelta) -> None:
        await self._office.fetch("UPDATE registry.shift SET by = $1", shift)


@pytest.fixture
async def shift(office: Office) -> Shift:
    return await Shift(office).install()


async def test_a_full_queue_takes_no_more_until_it_is_shorter(office: Office) -> None:
    committer = await office.open(limits=Limits(queue=3))
    async with office.locked():
        taken = [asyncio.create_task(record(committer, association()))]
        await until(office.somebody_waits)
        taken += [asyncio.create_task(record(committer, association())) for _ in range(3)]
        await asyncio.sleep(0)
        late = association()
        refusal = refused((await send(committer, late))[0], Code.BUSY)
        assert refusal.details == {"waiting": "3", "seconds": "1"}
    await asyncio.gather(*taken)
    [answer] = await record(committer, late)
    assert answer.first_position == 5


async def test_a_batch_has_its_bound(office: Office) -> None:
    committer = await office.open(limits=Limits(batch=4))
    await record(committer, *(association() for _ in range(10)))
    batches = "SELECT count(*) FROM registry.event GROUP BY xmin ORDER BY min(position)"
    assert await office.fetch(batches) == [(4,), (4,), (2,)]


async def test_stopping_finishes_what_was_taken_and_takes_no_more(office: Office) -> None:
    committer = await office.open(limits=Limits(batch=2))
    commands = [association() for _ in range(5)]
    taken = asyncio.create_task(send(committer, *commands))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    stopping = asyncio.create_task(committer.stop())
    await asyncio.sleep(0)
    assert not committer.running
    late = association()
    assert codes(await send(committer, late)) == [Code.STOPPING]
    assert codes(await taken) == [None] * 5
    await stopping
    assert codes(await send(committer, late)) == [Code.STOPPING]
    assert codes(await send(await office.open(), late, commands[0])) == [None, None]
    assert await office.value("SELECT count(*) FROM registry.event") == 6


async def test_a_command_whose_sender_went_away_is_still_carried_out_for_its_neighbors(
    office: Office, committer: Committer
) -> None:
    gone, stays = association(), association()
    leaving = asyncio.create_task(committer.record(gone))
    staying = asyncio.create_task(committer.record(stays))
    await asyncio.sleep(0)
    leaving.cancel()
    accepted(await staying)
    assert codes(await send(committer, gone)) == [None]
    assert await office.value("SELECT count(*) FROM registry.event") == 2


@pytest.mark.parametrize("back", [timedelta(seconds=1), timedelta(days=400)])
async def test_a_clock_set_back_does_not_set_back_the_register(
    committer: Committer, shift: Shift, back: timedelta
) -> None:
    [before] = await record(committer, association())
    await shift.by(-back)
    answers = await record(committer, association(), association())
    assert [answer.recorded_at - before.recorded_at for answer in answers] == [TICK, 2 * TICK]
    await shift.by(timedelta(0))
    [after] = await record(committer, association())
    assert after.recorded_at > answers[-1].recorded_at + TICK


async def test_a_clock_that_jumps_ahead_is_not_believed(
    office: Office, committer: Committer, shift: Shift
) -> None:
    await record(committer, association())
    await shift.by(HOUR + timedelta(minutes=1))
    commands = [association(), association()]
    for answer in await send(committer, *commands):
        refusal = refused(answer, Code.CLOCK_JUMPED)
        assert 3600 <= int(refusal.details["seconds"]) <= 3661
        assert refusal.details["bound"] == "3600"
    assert await office.value("SELECT count(*) FROM registry.command") == 1
    await shift.by(timedelta(0))
    assert codes(await send(committer, *commands)) == [None, None]


async def test_a_jump_within_the_bound_is_the_new_time(committer: Committer, shift: Shift) -> None:
    [before] = await record(committer, association())
    await shift.by(HOUR - timedelta(minutes=1))
    [after] = await record(committer, association())
    assert after.recorded_at - before.recorded_at > timedelta(minutes=58)


async def test_a_committer_that_starts_believes_the_clock(office: Office, shift: Shift) -> None:
    await record(await office.open(), association())
    await shift.by(10 * HOUR)
    await record(await office.open(), association())


async def test_time_that_the_machine_slept_is_no_jump(
    committer: Committer, shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the clocks of a machine, one goes on while it sleeps; the one that programs mostly use does not."""
    await record(committer, association())
    awake = time.clock_gettime
    monkeypatch.setattr(time, "clock_gettime", lambda clock: awake(clock) + 10 * 3600)
    await shift.by(10 * HOUR)
    await record(committer, association())
