"""A large command is committed alone, small ones do not wait for what another sender sent before them."""

from __future__ import annotations

import asyncio
from datetime import date
from uuid import UUID, uuid4

from registry.errors import Code
from registry.organization.commands import DissolveOrganization, EstablishOrganization, Place
from registry.organization.kinds import Hierarchy, Kind
from registry.references import KindRule
from registry.store.committer import Committer, Limits
from tests.support.committing import Office, accepted, codes, fresh, record, refused, send, until
from tests.support.dalian import ASSOCIATION, FOUNDED, established
from tests.support.given import BY

ENDED = date(2021, 1, 1)
COMMITS = (
    "SELECT array_agg(DISTINCT actor ORDER BY actor) FROM registry.command"
    " WHERE recorded_at > $1 GROUP BY xmin::text ORDER BY min(recorded_at)"
)


def _association(actor: str = "tester") -> EstablishOrganization:
    return fresh(established(uuid4(), "科协", Kind.ASSOCIATION), actor=actor)


def _under(superior: UUID) -> EstablishOrganization:
    place = Place(Hierarchy.PART_OF, superior)
    return fresh(established(uuid4(), "处", Kind.DEPARTMENT), places=(place,))


async def _with_departments(committer: Committer, count: int) -> tuple[UUID, UUID, list[UUID]]:
    """Return an organization that has departments, one that has none, and the departments."""
    one, other = _association(), _association()
    await record(committer, fresh(ASSOCIATION), one, other)
    below = [_under(one.organization) for _ in range(count)]
    await record(committer, *below)
    return one.organization, other.organization, [each.organization for each in below]


def _dissolved(organization: UUID, heir: UUID, actor: str) -> DissolveOrganization:
    command = DissolveOrganization(
        organization=organization,
        rules=(KindRule(reference="PART_OF", move_to=heir),),
        effective_on=ENDED,
        **BY,
    )
    return fresh(command, actor=actor)


async def test_what_asks_about_too_much_is_committed_alone_after_the_small_ones(office: Office) -> None:
    committer = await office.open(limits=Limits(small=3))
    one, heir, below = await _with_departments(committer, 5)
    since = await office.value("SELECT max(recorded_at) FROM registry.command")
    large = _dissolved(one, heir, "large")
    after = fresh(established(uuid4(), "后来", Kind.ASSOCIATION), actor="large")
    small = [_association("small") for _ in range(4)]
    answers = await send(committer, large, after, *small)
    assert codes(answers) == [None] * 6
    # What its sender sent after it comes after it; nobody else's waits for it.
    assert await office.fetch(COMMITS, since) == [(["small"],), (["large"],), (["large"],)]
    first = accepted(answers[0]).first_position
    assert first is not None
    assert (accepted(answers[2]).first_position or 0) < first < (accepted(answers[1]).first_position or 0)
    moved = (
        "SELECT count(*) FROM relation WHERE superior = $1 AND valid @> $2::date AND subordinate = ANY ($3)"
    )
    assert await office.value(moved, heir, ENDED, below) == 5


async def test_two_large_ones_of_different_senders_are_each_alone(office: Office) -> None:
    committer = await office.open(limits=Limits(small=3))
    one, heir, _ = await _with_departments(committer, 5)
    other = _association()
    await record(committer, other, *(_under(other.organization) for _ in range(4)))
    since = await office.value("SELECT max(recorded_at) FROM registry.command")
    answers = await send(
        committer,
        _dissolved(one, heir, "a"),
        _association("b"),
        _dissolved(other.organization, heir, "c"),
        _association("b"),
    )
    assert codes(answers) == [None] * 4
    assert await office.fetch(COMMITS, since) == [(["b"],), (["a"],), (["c"],)]


async def test_a_large_command_sent_twice_is_carried_out_once_and_a_refused_one_is_refused(
    office: Office,
) -> None:
    committer = await office.open(limits=Limits(small=3))
    one, heir, _ = await _with_departments(committer, 5)
    large = _dissolved(one, heir, "large")
    without_rules = fresh(large, rules=())
    answers = await send(committer, without_rules, large, large)
    refused(answers[0], Code.DANGLING)
    assert answers[1] == answers[2] == (await record(committer, large))[0]
    assert (
        await office.value("SELECT count(*) FROM registry.command WHERE kind = 'DissolveOrganization'") == 2
    )


async def test_a_sender_of_many_keeps_nobody_waiting(office: Office) -> None:
    committer = await office.open(limits=Limits(batch=10))
    async with office.locked():
        many = [asyncio.create_task(record(committer, _association("many"))) for _ in range(41)]
        await until(office.somebody_waits)
        few = asyncio.create_task(record(committer, _association("few")))
        await asyncio.sleep(0)
    [answer] = await few
    await asyncio.gather(*many)
    # The first batch was taken before it came; it is in the second one.
    assert answer.first_position is not None
    assert answer.first_position <= 20


async def test_under_overload_the_queue_stays_bounded_and_nothing_is_lost(office: Office) -> None:
    """Three times as many senders as may wait, each sending again what was refused BUSY."""
    committer = await office.open(limits=Limits(batch=5, queue=20))
    refusals: list[dict[str, str]] = []
    commands = [_association(f"sender {number % 6}") for number in range(90)]

    async def insist(command: EstablishOrganization) -> None:
        while True:
            [answer] = await send(committer, command)
            if not isinstance(answer, BaseException):
                return
            refusals.append(refused(answer, Code.BUSY).details)
            await asyncio.sleep(0.01)

    async with asyncio.TaskGroup() as senders:
        for command in commands:
            senders.create_task(insist(command))
    assert refusals
    assert {details["waiting"] for details in refusals} == {"20"}
    assert all(1 <= int(details["seconds"]) <= 60 for details in refusals)
    recorded = await office.fetch("SELECT id FROM registry.command WHERE outcome = 'recorded'")
    assert {identity for (identity,) in recorded} == {command.command_id for command in commands}
    assert await office.value("SELECT count(*) FROM registry.event WHERE effective_on = $1", FOUNDED) == 90
