"""Whatever is commanded in whatever order, the register stays consistent, or the command is refused.

``Register.execute`` looks at the whole register day by day after each accepted command.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

import pytest

from registry.correction.commands import RetractEvent
from registry.errors import Refusal
from registry.events import Recorded
from registry.reads import Bearer
from registry.references import Reference
from registry.router import DECISIONS
from registry.timeline import Segment
from tests.support.chance import DAYS, Chance
from tests.support.given import BY, Register, assert_readable

LENGTH = 60
"""Commands in a history."""


def run(seed: int) -> tuple[Counter[str], Counter[str]]:
    """Send a history; return how often each kind of command recorded something, and was refused."""
    chance, register = Chance(seed), Register()
    accepted: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for command in chance.establishing():
        register.execute(command)
    for _ in range(LENGTH):
        command_or_none = chance.command(register)
        if command_or_none is None:
            continue
        before, head = dict(register.entities), register.head
        name = type(command_or_none).__name__
        try:
            accepted[name] += bool(register.execute(command_or_none).records)
        except Refusal as refusal:
            refused[name] += 1
            assert_readable(refusal)
            assert (register.entities, register.head) == (before, head)
    return accepted, refused


@pytest.mark.parametrize("decade", range(10))
def test_a_register_stays_consistent_whatever_is_commanded(decade: int) -> None:
    for seed in range(10 * decade, 10 * decade + 10):
        run(seed)


@pytest.mark.parametrize("decade", range(4))
def test_a_command_whose_act_is_retracted_leaves_everything_as_it_was(decade: int) -> None:
    undone: Counter[str] = Counter()
    for seed in range(10 * decade, 10 * decade + 10):
        chance, register = Chance(seed), Register()
        for command in chance.establishing():
            register.execute(command)
        for _ in range(LENGTH):
            command_or_none = chance.command(register)
            before = states(register)
            try:
                records = () if command_or_none is None else register.execute(command_or_none).records
            except Refusal:
                continue
            # Every third one stands, so that there is something to build on.
            if records and records[0].position % 3:
                act = records[0]
                register.execute(retracting(act))
                assert states(register) == before, command_or_none
                undone[type(command_or_none).__name__] += 1
    assert len(undone) > 15


def retracting(act: Recorded) -> RetractEvent:
    """Return the command that undoes all that one command did."""
    return RetractEvent(entity=act.originator_id, position=act.position, effective_on=DAYS[0], **BY)


def states(register: Register) -> dict[UUID, tuple[Segment, ...]]:
    """Return what was so of everything, when."""
    segments = {entity.id: entity.timeline.segments for entity in register.entities.values()}
    return {identity: those for identity, those in segments.items() if those}


def test_the_histories_exercise_every_command() -> None:
    accepted: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for seed in range(60):
        taken, turned_away = run(seed)
        accepted += taken
        refused += turned_away
    drawn = (
        "registry.organization.",
        "registry.function.",
        "registry.reorganization.",
        "registry.correction.",
    )
    expected = {kind.__name__ for kind in DECISIONS if kind.__module__.startswith(drawn)}
    assert expected == accepted.keys()
    assert accepted.total() > refused.total() / 2


class Backwards(Register):
    """A register that answers in the opposite order, as another store may."""

    def references_to(self, target: UUID) -> Sequence[Reference]:
        return list(super().references_to(target))[::-1]

    def consequences_of(self, position: int) -> Sequence[UUID]:
        return list(super().consequences_of(position))[::-1]

    def bearers(self, scheme: str, value: str) -> Sequence[Bearer]:
        return list(super().bearers(scheme, value))[::-1]

    def superiors(self, subordinate: UUID, hierarchy: str) -> Sequence[Reference]:
        return list(super().superiors(subordinate, hierarchy))[::-1]


def test_what_is_decided_does_not_depend_on_the_order_of_answers() -> None:
    for seed in range(30):
        chance, register, mirror = Chance(seed), Register(), Backwards()
        for command in chance.establishing():
            register.execute(command)
            mirror.execute(command)
        for _ in range(LENGTH):
            command_or_none = chance.command(register)
            if command_or_none is None:
                continue
            outcomes: list[object] = []
            for each in (register, mirror):
                try:
                    settlement = each.execute(command_or_none)
                except Refusal as refusal:
                    outcomes.append((refusal.code, refusal.details))
                else:
                    outcomes.append((settlement.records, settlement.preview))
            assert outcomes[0] == outcomes[1], (seed, command_or_none)
