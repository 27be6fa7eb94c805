"""Any number of committers on one database are one register; what each has in memory is never behind."""

from __future__ import annotations

import asyncio
from uuid import UUID, uuid4

import pytest

from registry.answers import Accepted
from registry.commands import Command
from registry.errors import Code, Refusal
from registry.organization.commands import CloseRelation, DissolveOrganization, RenameOrganization
from registry.organization.kinds import Hierarchy, Kind
from registry.store.committer import Limits
from tests.support.chance import Chance
from tests.support.committing import Office, accepted, bears, codes, fresh, record, send, under
from tests.support.dalian import EFFECT, FOUNDED, department, established
from tests.support.given import BY, Register


def associations(count: int) -> list[UUID]:
    return [uuid4() for _ in range(count)]


async def test_a_circle_is_found_across_committers(office: Office) -> None:
    one, other, third = [await office.open() for _ in range(3)]
    a, b, c = associations(3)
    await record(one, *(fresh(established(who, "科协", Kind.ASSOCIATION)) for who in (a, b, c)))
    # Each has looked at the register, and so has something in memory that can be behind.
    await record(other, bears(a, "1"))
    await record(third, bears(b, "2"))
    assert codes(await send(one, under(a, b))) == [None]
    assert codes(await send(other, under(b, a), under(b, c))) == [Code.CYCLE, None]
    assert codes(await send(third, under(c, a))) == [Code.CYCLE]
    closing = CloseRelation(organization=a, hierarchy=Hierarchy.LEADS, superior=b, effective_on=FOUNDED, **BY)
    assert codes(await send(third, fresh(closing), under(c, a))) == [None, None]
    assert codes(await send(one, under(a, b))) == [Code.CYCLE]


async def test_a_circle_tried_by_all_at_once_is_closed_by_none(office: Office) -> None:
    committers = [await office.open() for _ in range(3)]
    for _ in range(5):
        a, b, c = associations(3)
        await record(committers[0], *(fresh(established(who, "科协", Kind.ASSOCIATION)) for who in (a, b, c)))
        tried = [under(a, b), under(b, c), under(c, a)]
        pairs = zip(committers, tried, strict=True)
        answers = await asyncio.gather(*(send(committer, command) for committer, command in pairs))
        assert sorted(
            str(code) for [answer] in [codes(answer) for answer in answers] for code in [answer]
        ) == [
            "CYCLE",
            "None",
            "None",
        ]


async def test_an_identifier_wanted_by_all_at_once_goes_to_one(office: Office) -> None:
    committers = [await office.open() for _ in range(3)]
    who = associations(3)
    await record(committers[0], *(fresh(established(each, "科协", Kind.ASSOCIATION)) for each in who))
    for value in ("1", "2", "3"):
        pairs = zip(committers, who, strict=True)
        answers = await asyncio.gather(*(send(committer, bears(each, value)) for committer, each in pairs))
        taken = [code for [code] in map(codes, answers)]
        assert sorted(map(str, taken)) == ["IDENTIFIER_TAKEN", "IDENTIFIER_TAKEN", "None"]


async def test_what_one_ended_another_does_not_use(office: Office) -> None:
    one, other = await office.open(), await office.open()
    city, unit = associations(2)
    await record(one, fresh(established(city, "科协", Kind.ASSOCIATION)))
    await record(other, fresh(department(uuid4(), "部", superior=city)))
    [refusal] = await send(one, fresh(DissolveOrganization(organization=city, effective_on=EFFECT, **BY)))
    assert codes([refusal]) == [Code.DANGLING]
    lone = uuid4()
    await record(other, fresh(established(lone, "科协", Kind.ASSOCIATION)))
    await record(one, fresh(DissolveOrganization(organization=lone, effective_on=EFFECT, **BY)))
    late = fresh(department(unit, "部", superior=lone, on=EFFECT))
    assert codes(await send(other, late)) == [Code.OUTSIDE_LIFE]


async def test_a_version_that_was_read_elsewhere_is_still_the_one_that_counts(office: Office) -> None:
    one, other = await office.open(), await office.open()
    [city] = associations(1)
    await record(one, fresh(established(city, "科协", Kind.ASSOCIATION)))

    def rename(name: str) -> RenameOrganization:
        command = RenameOrganization(
            organization=city, name=name, effective_on=EFFECT, expected_version=1, **BY
        )
        return fresh(command)

    answers = await asyncio.gather(send(one, rename("甲")), send(other, rename("乙")))
    assert sorted(str(code) for [code] in map(codes, answers)) == ["None", "VERSION_CONFLICT"]


async def test_a_command_sent_to_all_at_once_is_recorded_once(office: Office) -> None:
    committers = [await office.open() for _ in range(3)]
    for _ in range(5):
        command = fresh(established(uuid4(), "科协", Kind.ASSOCIATION))
        answers = await asyncio.gather(*(send(committer, command) for committer in committers))
        assert len({accepted(answer) for [answer] in answers}) == 1
    assert await office.value("SELECT count(*) FROM registry.event") == 5


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("cached", [1, 200_000])
@pytest.mark.parametrize("size", [1, 7, 50])
async def test_committers_answer_like_one_register_in_memory(
    office: Office, seed: int, cached: int, size: int
) -> None:
    """Batches go to two committers in turn; the reference holds everything and looks through all of it."""
    chance, register = Chance(seed), Register()
    committers = [await office.open(limits=Limits(cached_events=cached)) for _ in range(2)]
    carried_out = 0
    for turn in range(-(-100 // size)):
        drawn = chance.establishing() if turn == 0 else []
        batch: list[Command] = []
        expected: list[object] = []
        while len(batch) < max(size, len(drawn)):
            command = drawn[len(batch)] if len(batch) < len(drawn) else chance.command(register)
            if command is not None:
                batch.append(fresh(command))
                expected.append(_answer_of(register, command))
        answers = await send(committers[turn % 2], *batch)
        assert [_plain(answer) for answer in answers] == expected
        carried_out += sum(isinstance(answer, Accepted) for answer in answers)
    assert await office.value("SELECT position FROM registry.head") == register.head
    assert carried_out > 20


def _answer_of(register: Register, command: Command) -> object:
    """Return what the reference says: the positions, or the refusal."""
    before = register.head
    try:
        records = register.execute(command).records
    except Refusal as refusal:
        return refusal.code, refusal.details
    return (before + 1, before + len(records)) if records else (None, None)


def _plain(answer: Accepted | BaseException) -> object:
    if isinstance(answer, Refusal):
        return answer.code, answer.details
    return accepted(answer)[1:3]
