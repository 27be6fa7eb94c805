"""Given these commands, when this one, then these events: over a register in memory.

:class:`Register` is also the reference that faster ones are compared with. It holds every entity and
looks through all of them for what it is asked, so that it is right at a glance.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from registry.commands import Command
from registry.errors import Code, Refusal
from registry.events import Event, Recorded
from registry.permission import told
from registry.reads import Bearer
from registry.references import Reference
from registry.reorganization.commands import AdoptReorganization
from registry.reorganization.decide import adoption
from registry.router import decide
from registry.settlement import Place, Settlement, settle, survey
from registry.timeline import Entity
from tests.support.invariants import assert_consistent

BY: dict[str, Any] = {"command_id": UUID(int=1), "actor": "tester"}
"""What every command of a test carries; decisions do not look at it."""

_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)


class Register:
    """Every entity that commands left, in memory."""

    def __init__(self) -> None:
        self.entities: dict[UUID, Entity] = {}
        self.head = 0

    def entity(self, identity: UUID) -> Entity | None:
        return self.entities.get(identity)

    def references_to(self, target: UUID) -> Sequence[Reference]:
        return [r for entity in self.entities.values() for r in entity.references if r.target == target]

    def superiors(self, subordinate: UUID, hierarchy: str) -> Sequence[Reference]:
        entity = self.entities.get(subordinate)
        return [] if entity is None else [r for r in entity.references if r.kind == hierarchy]

    def bearers(self, scheme: str, value: str) -> Sequence[Bearer]:
        return [
            Bearer(entity.id, start, end)
            for entity in self.entities.values()
            for start, end, pair in entity.identifiers
            if pair == (scheme, value)
        ]

    def consequences_of(self, position: int) -> Sequence[UUID]:
        return [
            entity.id
            for entity in self.entities.values()
            if any(record.cause == position for record in entity.records)
        ]

    @property
    def place(self) -> Place:
        """Where the next command's records go."""
        return Place(self.head + 1, _BEGINNING + timedelta(seconds=self.head))

    def execute(self, command: Command) -> Settlement:
        """Decide and settle ``command``, take in what it records, and check that all still fits together."""
        try:
            settlement = settle(self, command, decide(command, self), self.place)
        except Refusal as refusal:
            raise told(self, command, refusal) from None
        self.entities.update((change.after.id, change.after) for change in settlement.changes)
        self.head += len(settlement.records)
        assert_consistent(self.entities)
        return settlement

    def preview(self, command: AdoptReorganization) -> Settlement:
        """Return what adopting would come to, loose ends included."""
        return survey(self, command, adoption(command, self), self.place)

    def state(self, identity: UUID, day: date) -> Any:  # noqa: ANN401 - each noun has a state of its own
        """Return what is so of an entity on ``day``."""
        return self.entities[identity].timeline.at(day)

    def fact(self, identity: UUID, kind: type[Event], nth: int = 0) -> Recorded:
        """Return the ``nth`` record of an event of ``kind`` on a stream; -1 is the last."""
        return [r for r in self.entities[identity].records if isinstance(r.event, kind)][nth]

    def superior(self, identity: UUID, hierarchy: str, day: date) -> list[UUID]:
        """Return what an organization stands under on ``day``."""
        found = (r for r in self.superiors(identity, hierarchy) if r.period.covers(day))
        return [reference.target for reference in found]


class Outcome:
    """What a command came to."""

    def __init__(self, settlement: Settlement | None, refusal: Refusal | None) -> None:
        self._settlement = settlement
        self.refusal = refusal

    @property
    def records(self) -> tuple[Recorded, ...]:
        """What it recorded; fails when it was refused."""
        if self._settlement is None:
            raise AssertionError(f"refused: {self.refusal!r} {self.refusal}")
        return self._settlement.records

    def then(self, *events: Event) -> Outcome:
        """Expect exactly these events, in this order."""
        assert [record.event for record in self.records] == list(events)
        return self

    def then_recorded(self, *topics: str) -> Outcome:
        """Expect events of these topics, in this order."""
        assert [record.event.topic for record in self.records] == list(topics)
        return self

    def then_nothing(self) -> Outcome:
        """Expect that it was accepted, and there was nothing to record."""
        assert self.records == ()
        return self

    def then_refused(self, code: Code, **details: object) -> Refusal:
        """Expect a refusal for ``code``, with at least these details."""
        assert self.refusal is not None, f"accepted: {self.records}"
        assert self.refusal.code is code, f"{self.refusal.code}: {self.refusal}"
        expected = {name: str(value) for name, value in details.items()}
        assert {name: self.refusal.details.get(name) for name in expected} == expected
        assert_readable(self.refusal)
        return self.refusal


class Given:
    """A register after some commands."""

    def __init__(self, register: Register) -> None:
        self.register = register

    def given(self, *commands: Command) -> Given:
        """Let these be accepted, too."""
        for command in commands:
            self.register.execute(command)
        return self

    def when(self, command: Command) -> Outcome:
        """Send a command, which may be refused."""
        try:
            return Outcome(self.register.execute(command), None)
        except Refusal as refusal:
            return Outcome(None, refusal)


def given(*commands: Command) -> Given:
    """Start with a register in which these commands were accepted."""
    return Given(Register()).given(*commands)


def assert_readable(refusal: Refusal) -> None:
    """Expect that the sentence and the advice of a refusal can be filled in both languages."""
    for sentence in (refusal.english, refusal.chinese, refusal.advice_english, refusal.advice_chinese):
        assert sentence
        assert "{" not in sentence
