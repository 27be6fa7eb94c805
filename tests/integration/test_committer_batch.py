"""A command sees every earlier one, in its own batch too; it passes or fails whole, and alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest
from msgspec.structs import replace

from projections.inline import InlineProjections
from registry.commands import Command
from registry.errors import Code
from registry.organization.commands import DissolveOrganization, EstablishOrganization, RenameOrganization
from registry.organization.kinds import Kind
from registry.reorganization.commands import AdoptReorganization, ProposeReorganization
from registry.reorganization.events import FunctionChange, Plan
from registry.router import draft
from registry.store.committer import Committer
from registry.store.connection import Connection
from registry.store.previewer import Previewer
from tests.support.committing import MAPPER, Office, bears, codes, fresh, record, send, under
from tests.support.dalian import (
    ASSOCIATION,
    BUILDING,
    CITY,
    EFFECT,
    ENTERPRISES,
    FOUNDED,
    LIAISON,
    OFFICE,
    OVERSEAS,
    PERSONNEL,
    PLAN,
    PROPAGANDA,
    PUBLICITY,
    REFORM,
    REGISTER,
    RESEARCH,
    department,
    established,
    function,
)
from tests.support.given import BY

A, B, C = (uuid4() for _ in range(3))


def associations() -> list[EstablishOrganization]:
    return [fresh(established(who, "科协", Kind.ASSOCIATION)) for who in (A, B, C)]


async def in_batches(
    committer: Committer, commands: Sequence[Command], *, together: bool
) -> list[Code | None]:
    """Send ``commands`` in one batch, or each in one of its own."""
    if together:
        return codes(await send(committer, *commands))
    return codes([answer for command in commands for answer in await send(committer, command)])


@pytest.mark.parametrize("together", [True, False])
async def test_two_that_would_stand_under_each_other(committer: Committer, *, together: bool) -> None:
    await record(committer, *associations())
    assert await in_batches(committer, [under(A, B), under(B, A)], together=together) == [None, Code.CYCLE]


@pytest.mark.parametrize("together", [True, False])
async def test_a_circle_of_three(committer: Committer, *, together: bool) -> None:
    await record(committer, *associations())
    circle = [under(A, B), under(B, C), under(C, A)]
    assert await in_batches(committer, circle, together=together) == [None, None, Code.CYCLE]


@pytest.mark.parametrize("together", [True, False])
async def test_one_identifier_for_two(office: Office, committer: Committer, *, together: bool) -> None:
    await record(committer, *associations())
    answers = await in_batches(committer, [bears(A, "1"), bears(B, "1"), bears(C, "2")], together=together)
    assert answers == [None, Code.IDENTIFIER_TAKEN, None]
    assert await office.fetch("SELECT entity FROM identifier WHERE scheme = 'LOCAL' ORDER BY value") == [
        (A,),
        (C,),
    ]


@pytest.mark.parametrize("together", [True, False])
async def test_what_a_batch_begins_with_is_used_by_what_follows(
    office: Office, committer: Committer, *, together: bool
) -> None:
    commands: list[Command] = [
        fresh(ASSOCIATION),
        fresh(department(OFFICE, "办公室")),
        fresh(RenameOrganization(organization=OFFICE, name="综合办公室", effective_on=EFFECT, **BY)),
        fresh(function(BUILDING, "系统组织建设", OFFICE)),
        under(OFFICE, CITY),
        fresh(DissolveOrganization(organization=CITY, effective_on=EFFECT, **BY)),
    ]
    assert await in_batches(committer, commands, together=together) == [None] * 5 + [Code.DANGLING]
    names = "SELECT name, lower(valid) FROM organization WHERE id = $1 ORDER BY valid"
    assert await office.fetch(names, OFFICE) == [("办公室", FOUNDED), ("综合办公室", EFFECT)]
    assert await office.fetch("SELECT holder FROM holding WHERE function = $1", BUILDING) == [(OFFICE,)]


async def test_nothing_can_be_used_before_it_was_there(committer: Committer) -> None:
    answers = await send(committer, fresh(department(OFFICE, "办公室")), fresh(ASSOCIATION))
    assert codes(answers) == [Code.NOT_FOUND, None]


async def test_the_same_thing_begins_once(committer: Committer) -> None:
    answers = await send(committer, fresh(ASSOCIATION), fresh(ASSOCIATION))
    assert codes(answers) == [None, Code.ALREADY_EXISTS]


async def test_a_command_over_many_streams_passes_whole(office: Office, committer: Committer) -> None:
    await record(committer, *(fresh(command) for command in REGISTER), propose(PLAN))
    preview = (await previewer(office).preview(adopt(""))).settlement.preview
    [answer] = await record(committer, adopt(preview))
    written = await office.fetch(
        "SELECT count(*), count(DISTINCT stream_id), count(DISTINCT cause), min(cause), max(position),"
        " count(DISTINCT recorded_at), min(recorded_at) FROM registry.event WHERE command_id = $1",
        answer.command_id,
    )
    assert answer.first_position is not None
    assert answer.last_position is not None
    count = answer.last_position - answer.first_position + 1
    streams = {PROPAGANDA, LIAISON, PERSONNEL, RESEARCH, REFORM, BUILDING, PUBLICITY, ENTERPRISES, OVERSEAS}
    assert written == [
        (count, len(streams) + 1, 1, answer.first_position, answer.last_position, 1, answer.recorded_at)
    ]
    holders = "SELECT function, holder FROM holding WHERE valid @> $1::date"
    assert dict(await office.fetch(holders, EFFECT))[BUILDING] == PERSONNEL


async def test_a_command_over_many_streams_fails_whole(office: Office, committer: Committer) -> None:
    """The last thing that the reform does is impossible, so nothing that it does is done."""
    nobody = FunctionChange(function=OVERSEAS, holder=uuid4())
    plan = replace(PLAN, functions=(*PLAN.functions[:-2], nobody))
    await record(committer, *(fresh(command) for command in REGISTER), propose(plan))
    before = await office.value("SELECT position FROM registry.head")
    neighbors = [fresh(department(uuid4(), "部")) for _ in range(2)]
    answers = await send(committer, neighbors[0], adopt("nobody saw it"), neighbors[1])
    assert codes(answers) == [None, Code.NOT_FOUND, None]
    # A department is established and put in its place: two events each.
    assert await office.value("SELECT position FROM registry.head") == before + 4
    assert await office.fetch("SELECT FROM organization WHERE id = $1", PERSONNEL) == []
    assert await office.fetch("SELECT FROM registry.event WHERE stream_id = $1", PERSONNEL) == []


async def test_refusals_take_no_position_and_leave_their_neighbors_alone(
    office: Office, committer: Committer
) -> None:
    await record(committer, fresh(ASSOCIATION))
    good = [fresh(department(uuid4(), "部")) for _ in range(5)]
    bad = [fresh(department(uuid4(), "部", superior=uuid4())) for _ in range(5)]
    mixed = [command for pair in zip(bad, good, strict=True) for command in pair]
    assert codes(await send(committer, *mixed)) == [Code.NOT_FOUND, None] * 5
    assert await office.value("SELECT array_agg(position ORDER BY position) FROM registry.event") == [
        *range(1, 12)
    ]
    outcomes = (
        "SELECT outcome, count(*), count(first_position) FROM registry.command GROUP BY outcome ORDER BY 1"
    )
    assert await office.fetch(outcomes) == [("recorded", 6, 6), ("refused", 5, 0)]


async def test_what_changes_nothing_is_accepted_and_takes_no_position(
    office: Office, committer: Committer
) -> None:
    named = RenameOrganization(organization=CITY, name="大连市科协", effective_on=EFFECT, **BY)
    first, again = (
        await record(committer, fresh(ASSOCIATION), fresh(named)),
        await record(committer, fresh(named)),
    )
    assert first[1].first_position == 2
    assert (again[0].first_position, again[0].last_position) == (None, None)
    assert again[0].recorded_at > first[1].recorded_at
    assert (
        await office.value("SELECT outcome FROM registry.command WHERE id = $1", again[0].command_id)
        == "unchanged"
    )
    assert await office.value("SELECT position FROM registry.head") == 2


def propose(plan: Plan) -> ProposeReorganization:
    command = ProposeReorganization(
        reorganization=REFORM, title="机构改革", plan=plan, effective_on=FOUNDED, **BY
    )
    return fresh(command)


def adopt(preview: str) -> AdoptReorganization:
    command = AdoptReorganization(
        reorganization=REFORM, takes_effect_on=EFFECT, preview=preview, effective_on=FOUNDED, **BY
    )
    return fresh(command)


def previewer(office: Office) -> Previewer:
    @asynccontextmanager
    async def reading() -> AsyncIterator[Connection]:
        connection = await office.connect()
        try:
            yield connection
        finally:
            await connection.close()

    return Previewer(reading, MAPPER, InlineProjections(office.projections, MAPPER.master), draft)
