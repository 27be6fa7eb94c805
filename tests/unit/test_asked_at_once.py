"""However many things hang on one, what is asked about them is asked together, in a few rounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from uuid import UUID

import pytest

from registry.commands import Command
from registry.correction.commands import RetractEvent
from registry.dangling import with_what_hangs_on
from registry.dispositions import Action, Disposition
from registry.ids import stable_id
from registry.membership.events import MembershipAdmitted
from registry.membership.kinds import MemberClass
from registry.organization.commands import DissolveOrganization
from registry.organization.events import OrganizationDissolved
from registry.overlay import Overlay
from registry.reads import Bearer, Needs, NotAtHand
from registry.references import KindRule, Reference
from registry.router import decide
from registry.settlement import settle, survey
from registry.timeline import Entity
from tests.support.dalian import SOCIETY
from tests.support.given import BY, Given, Register, given
from tests.support.joining import JOINING, PHYSICS, admitted, registered

LATER = date(2016, 5, 1)


class Fetching:
    """A register of which only what was fetched is at hand, as a store gives it."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._at_hand = Needs()

    def entity(self, identity: UUID) -> Entity | None:
        if identity not in self._at_hand.entities:
            raise NotAtHand(Needs(entities=frozenset({identity})))
        return self._register.entity(identity)

    def references_to(self, target: UUID) -> Sequence[Reference]:
        if target not in self._at_hand.references_to:
            raise NotAtHand(Needs(references_to=frozenset({target})))
        return self._register.references_to(target)

    def superiors(self, subordinate: UUID, hierarchy: str) -> Iterable[Reference]:
        return self._register.superiors(subordinate, hierarchy)

    def bearers(self, scheme: str, value: str) -> Sequence[Bearer]:
        if (scheme, value) not in self._at_hand.identifiers:
            raise NotAtHand(Needs(identifiers=frozenset({(scheme, value)})))
        return self._register.bearers(scheme, value)

    def consequences_of(self, position: int) -> Sequence[UUID]:
        if position not in self._at_hand.consequences_of:
            raise NotAtHand(Needs(consequences_of=frozenset({position})))
        return self._register.consequences_of(position)

    def rounds(self, decision: Callable[[], object]) -> int:
        """Return how often something had to be fetched before ``decision`` was made."""
        rounds = 0
        while True:
            try:
                decision()
            except NotAtHand as asked:
                self._fetch(asked.needs)
                rounds += 1
            else:
                return rounds

    def _fetch(self, needs: Needs) -> None:
        """Get what is needed, and the entities that what is got names, as a session does."""
        streams = {s for act in needs.consequences_of for s in self._register.consequences_of(act)}
        sources = {r.source for target in needs.references_to for r in self._register.references_to(target)}
        self._at_hand |= needs | Needs(entities=frozenset(streams | sources))


def _with_members(count: int) -> Given:
    history = given(*JOINING)
    for number in range(count):
        person = stable_id(f"会员{number}")
        history.given(registered(person, "会员"), admitted(person, membership=stable_id(f"会籍{number}")))
    return history


def _dissolved(*rules: KindRule, dispositions: tuple[Disposition, ...] = ()) -> DissolveOrganization:
    return DissolveOrganization(
        organization=SOCIETY, rules=rules, dispositions=dispositions, effective_on=LATER, **BY
    )


def _disposed(history: Given, count: int) -> DissolveOrganization:
    each = [(stable_id(f"会籍{n}"), MembershipAdmitted) for n in range(count)]
    return _dissolved(
        dispositions=tuple(
            Disposition(
                source=source,
                position=history.register.fact(source, kind).position,
                action=Action.MOVE,
                target=PHYSICS,
            )
            for source, kind in each
        )
    )


def _retracted(history: Given, _: int) -> RetractEvent:
    history.given(_dissolved(KindRule(reference="MEMBER_OF")))
    act = history.register.fact(SOCIETY, OrganizationDissolved)
    return RetractEvent(entity=SOCIETY, position=act.position, effective_on=LATER, **BY)


CASES: dict[str, Callable[[Given, int], Command]] = {
    "ended by rule": lambda _history, _count: _dissolved(KindRule(reference="MEMBER_OF")),
    "moved by rule": lambda _history, _count: _dissolved(KindRule(reference="MEMBER_OF", move_to=PHYSICS)),
    "moved singly": _disposed,
    "brought back": _retracted,
}


@pytest.mark.parametrize("case", CASES)
def test_a_decision_about_many_asks_as_often_as_one_about_few(case: str) -> None:
    def rounds(count: int) -> int:
        history = _with_members(count)
        command = CASES[case](history, count)
        world = Fetching(history.register)
        place = history.register.place
        return world.rounds(lambda: settle(world, command, decide(command, world), place))

    assert rounds(20) == rounds(2)


def test_a_preview_of_many_asks_as_often_as_one_of_few() -> None:
    def rounds(count: int) -> int:
        history = _with_members(count)
        # What hangs on the society in turn: its own membership, and what it is a member of.
        history.given(admitted(SOCIETY, PHYSICS, MemberClass.CORPORATE, membership=stable_id("会籍")))
        world = Fetching(history.register)
        place = history.register.place
        command = _dissolved()

        def shown() -> None:
            settlement = survey(world, command, decide(command, world), place)
            view = Overlay(world, (change.after for change in settlement.changes))
            loose = with_what_hangs_on(view, (item.reference for item in settlement.loose))
            assert len(loose) == count + 1

        return world.rounds(shown)

    assert rounds(20) == rounds(2)
