"""What is sent, without end, and what each answer must be (工作负载)."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

from msgspec import structs

from bench.append.ours import establishment
from bench.history.register import LAST_DAY, MEMBERS, Group, Register
from registry.codes import Code
from registry.errors import Refusal
from registry.organization.commands import (
    DissolveOrganization,
    EstablishOrganization,
    OpenRelation,
    RenameOrganization,
)
from registry.organization.kinds import Hierarchy
from registry.references import KindRule
from registry.store.committer import Committer

REFUSED_IN = 20
"""One of so many commands is refused: of two of those, one by version, the other by a rule over entities."""

TAKEN = "PARENT-1"
"""The code of somebody: the rule that no two bear one code at a time refuses it to everybody else."""

_MOVED_ON = LAST_DAY + timedelta(days=1)

Send = Callable[[], Awaitable[None]]
"""Sends the next unit of work and returns when all of it was answered, as it must be."""


class Works(NamedTuple):
    """All kinds of work on one register."""

    plain: Send
    old: Send
    old_unknown: Send
    fresh: Send
    at_once: Send
    one_by_one: Send
    mixed: Send
    refusals: Counter[Code]
    """What was refused so far in ``mixed``."""


def works(register: Register, committer: Committer, forgetful: Committer) -> Works:
    """Return the work, sent to ``committer``, or to one that remembers no stream."""
    refusals: Counter[Code] = Counter()
    numbers = itertools.count(1)
    days: Counter[UUID] = Counter()
    old, groups = itertools.cycle(register.old), iter(register.groups)
    return Works(
        plain=_plain(register, committer, numbers),
        old=_renaming(committer, old, days),
        old_unknown=_renaming(forgetful, old, days),
        fresh=_renaming(committer, itertools.cycle(register.fresh), days),
        at_once=_dissolving(register, committer, groups),
        one_by_one=_dissolving_singly(register, committer, groups),
        mixed=_mixed(register, committer, numbers, refusals),
        refusals=refusals,
    )


def _plain(register: Register, committer: Committer, numbers: Iterator[int]) -> Send:
    superiors = itertools.cycle(register.parents)

    async def send() -> None:
        await committer.record(establishment(next(numbers), next(superiors)))

    return send


def _renaming(committer: Committer, societies: Iterator[UUID], days: Counter[UUID]) -> Send:
    async def send() -> None:
        society = next(societies)
        days[society] += 1
        answer = await committer.record(_renamed(society, days[society]))
        assert answer.first_position is not None
        assert answer.first_position == answer.last_position

    return send


def _renamed(society: UUID, days: int, expected_version: int | None = None) -> RenameOrganization:
    """Return the command that renames a society so many days after all that happened before."""
    return RenameOrganization(
        command_id=uuid4(),
        actor="bench",
        effective_on=LAST_DAY + timedelta(days=days),
        organization=society,
        name=f"大连市科学技术学会第{days}次更名",
        expected_version=expected_version,
    )


def _dissolving(register: Register, committer: Committer, groups: Iterator[Group]) -> Send:
    superiors = itertools.cycle(register.fresh)

    async def send() -> None:
        rule = KindRule(reference=Hierarchy.PART_OF, move_to=next(superiors))
        answer = await committer.record(_dissolved(next(groups).id, rule))
        assert answer.first_position is not None
        assert answer.last_position is not None
        # The act, and what it moves.
        assert answer.last_position - answer.first_position == MEMBERS

    return send


def _dissolving_singly(register: Register, committer: Committer, groups: Iterator[Group]) -> Send:
    superiors = itertools.cycle(register.fresh)

    async def send() -> None:
        group, superior = next(groups), next(superiors)
        moves = [
            OpenRelation(
                command_id=uuid4(),
                actor="bench",
                effective_on=_MOVED_ON,
                organization=member,
                hierarchy=Hierarchy.PART_OF,
                superior=superior,
            )
            for member in group.members
        ]
        await asyncio.gather(*map(committer.record, moves))
        await committer.record(_dissolved(group.id))

    return send


def _dissolved(group: UUID, *rules: KindRule) -> DissolveOrganization:
    return DissolveOrganization(
        command_id=uuid4(), actor="bench", effective_on=_MOVED_ON, organization=group, rules=rules
    )


def _mixed(register: Register, committer: Committer, numbers: Iterator[int], refusals: Counter[Code]) -> Send:
    plain = _plain(register, committer, numbers)
    superiors = itertools.cycle(register.parents)
    turns = itertools.count()

    async def refused(command: EstablishOrganization | RenameOrganization, code: Code) -> None:
        try:
            await committer.record(command)
        except Refusal as refusal:
            if refusal.code is not code:
                raise
            refusals[code] += 1
        else:
            message = f"{code} was expected, and the command was carried out"
            raise AssertionError(message)

    async def send() -> None:
        turn = next(turns)
        if turn % REFUSED_IN:
            await plain()
        elif turn % (2 * REFUSED_IN):
            await refused(_renamed(register.parents[0], 1, expected_version=1), Code.VERSION_CONFLICT)
        else:
            taken = structs.replace(establishment(0, next(superiors)), code=TAKEN)
            await refused(taken, Code.IDENTIFIER_TAKEN)

    return send
