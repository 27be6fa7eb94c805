"""Whatever is commanded in whatever order, the register stays consistent, or the command is refused.

``Register.execute`` looks at the whole register day by day after each accepted command.
"""

from __future__ import annotations

from collections import Counter
from uuid import UUID

import pytest

from registry.correction.commands import CorrectionCommand, RetractEvent
from registry.errors import Refusal
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
def test_a_correction_that_is_retracted_leaves_everything_as_it_was(decade: int) -> None:
    undone = 0
    for seed in range(10 * decade, 10 * decade + 10):
        chance, register = Chance(seed), Register()
        for command in chance.establishing():
            register.execute(command)
        for _ in range(LENGTH):
            maybe = chance.command(register)
            before = states(register)
            try:
                records = () if maybe is None else register.execute(maybe).records
            except Refusal:
                continue
            if isinstance(maybe, CorrectionCommand) and records:
                act = records[0]
                undoing = RetractEvent(
                    entity=act.originator_id, position=act.position, effective_on=DAYS[0], **BY
                )
                register.execute(undoing)
                assert states(register) == before
                undone += 1
    assert undone > 10


def states(register: Register) -> dict[UUID, tuple[Segment, ...]]:
    """Return what was so of everything, when."""
    return {entity.id: entity.timeline.segments for entity in register.entities.values()}


def test_the_histories_exercise_every_command() -> None:
    accepted: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for seed in range(40):
        taken, turned_away = run(seed)
        accepted += taken
        refused += turned_away
    documents = {"RecordInstrument", "RepealInstrument"}
    assert {kind.__name__ for kind in DECISIONS} - documents == accepted.keys()
    assert accepted.total() > refused.total() / 2
