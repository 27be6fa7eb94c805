"""Law: proposed and approved, a command comes to what it comes to when it is sent; or it is refused alike."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from registry.commands import Command
from registry.errors import Code, Refusal
from registry.events import Recorded
from registry.router import decide
from registry.settlement import settle
from tests.support.chance import Chance
from tests.support.given import Register
from tests.support.histories import EXAMPLES, History, histories
from tests.support.proposals import approved, proposed

LENGTH = 40
"""Commands in a history."""


def sent(register: Register, *commands: Command) -> tuple[Recorded, ...] | Code:
    """Return what the last of ``commands`` records in a copy of a register, or why one is refused."""
    copy = Register()
    copy.entities, copy.head = dict(register.entities), register.head
    records: tuple[Recorded, ...] = ()
    for command in commands:
        try:
            settlement = settle(copy, command, decide(command, copy), copy.place)
        except Refusal as refusal:
            return refusal.code
        records = settlement.records
        copy.entities.update((change.after.id, change.after) for change in settlement.changes)
        copy.head += len(records)
    return records


def told(records: tuple[Recorded, ...], before: int) -> list[tuple[Any, ...]]:
    """Return what records say; causes that are the command's own are counted from ``before``."""
    return [
        (
            record.originator_id,
            record.originator_version,
            record.event,
            record.corrects,
            record.cause if record.cause is None or record.cause <= before else -(record.cause - before),
        )
        for record in records
    ]


@pytest.mark.parametrize("decade", range(4))
def test_what_is_approved_is_what_was_proposed(decade: int) -> None:
    alike: Counter[str] = Counter()
    for seed in range(10 * decade, 10 * decade + 10):
        chance, register = Chance(seed), Register()
        for command in chance.establishing():
            register.execute(command)
        for _ in range(LENGTH):
            command_or_none = chance.command(register)
            if command_or_none is None:
                continue
            alike[_compared(register, command_or_none)] += 1
            try:
                register.execute(command_or_none)
            except Refusal:
                continue
    assert alike["recorded"] > 50
    assert alike["refused"] > 50


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=histories())
def test_what_is_approved_of_people_is_what_was_proposed(history: History) -> None:
    register = Register()
    for command in history.commands:
        _compared(register, command)
        try:
            register.execute(command)
        except Refusal:
            continue


def _compared(register: Register, command: Command) -> str:
    directly = sent(register, command)
    # Not before the first day of the register, so that no decision comes before its proposal.
    indirectly = sent(register, proposed(command), approved())
    if isinstance(directly, Code):
        assert indirectly is directly, command
        return "refused"
    if not directly:
        assert indirectly is Code.PROPOSES_NOTHING, command
        return "quiet"
    if indirectly is Code.SEVERAL_PERSONS:
        return "of several"
    assert not isinstance(indirectly, Code), (indirectly, command)
    (approval,) = (record for record in indirectly if record.event.topic == "proposal.approved")
    recorded = tuple(record for record in indirectly if record is not approval)
    assert told(recorded, register.head + 1) == told(directly, register.head), command
    assert {(record.actor, record.submitter) for record in indirectly} == {
        ("user:registrar", "user:submitter")
    }
    assert approval.cause == register.head + 1
    return "recorded"
