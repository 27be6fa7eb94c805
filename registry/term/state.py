"""A term as folded from its facts (届的状态). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from registry.appointment.events import IN_TERM
from registry.errors import Code
from registry.events import Event, Fact
from registry.ids import TERM_SCHEME
from registry.references import Bond, KindRule, Target, VitalBond
from registry.term import events as e
from registry.timeline import Conflict, Noun

BONDS: tuple[Bond, ...] = (VitalBond(e.TERM_OF, ("organization",), "body", e.TermEnded),)

_APPOINTMENTS_END = KindRule(reference=IN_TERM)
"""The law of terms: their actual end, and nothing else of them, ends the appointments for them."""


class Term(Struct, frozen=True, kw_only=True):
    """What is so of one term during a period; ``opened`` is the fact that opened it."""

    body: UUID
    number: int
    planned_end: date | None
    renews: UUID | None
    illustrative: bool
    opened: int
    opened_on: date
    position: int
    instrument: UUID | None
    ended: bool = False
    rules: tuple[KindRule, ...] = ()


def _extended(state: Term, fact: Fact) -> Term | Conflict:
    event = fact.event
    assert isinstance(event, e.TermExtended)
    if state.planned_end is not None and event.planned_end <= state.planned_end:
        problem = f"not later than the planned end, {state.planned_end} (须晚于原定届满日)"
        details = {"field": "plannedEnd", "date": event.planned_end, "problem": problem}
        return Conflict(Code.INVALID_DATE, fact, details)
    return replace(state, planned_end=event.planned_end, position=fact.position, instrument=event.instrument)


def _adjusted(state: Term, _fact: Fact) -> Term:
    return state


def _ended(state: Term, fact: Fact) -> Term:
    event = fact.event
    assert isinstance(event, e.TermEnded)
    return replace(state, ended=True, rules=event.rules, position=fact.position, instrument=event.instrument)


_EVOLVE: dict[type[Event], Callable[[Term, Fact], Term | Conflict]] = {
    e.TermExtended: _extended,
    e.TermAdjusted: _adjusted,
    e.TermEnded: _ended,
}


def evolve(state: Term | None, fact: Fact) -> Term | Conflict:
    """Return the term after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.TermOpened):
        if state is not None:
            return Conflict(Code.ALREADY_EXISTS, fact, {})
        return Term(
            body=event.body,
            number=event.number,
            planned_end=event.planned_end,
            renews=event.renews,
            illustrative=event.illustrative,
            opened=fact.position,
            opened_on=event.effective_on,
            position=fact.position,
            instrument=event.instrument,
        )
    if state is None or state.ended:
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    return _EVOLVE[type(event)](state, fact)


def lapse(state: Term, _fact: Fact) -> Term:
    """Return the state unchanged: an overdue board keeps sitting."""
    return state


def alive(state: Term) -> bool:
    """Say whether the body sits for this term."""
    return not state.ended


def targets(state: Term) -> Iterable[Target]:
    """Yield the body."""
    return () if state.ended else (Target(e.TERM_OF, state.body, state.opened),)


def identifiers(state: Term) -> Iterable[tuple[str, str]]:
    """Yield the body: it has at most one term at a time."""
    return () if state.ended else ((TERM_SCHEME, str(state.body)),)


def rules(state: Term) -> tuple[KindRule, ...]:
    """Return what its end says about what points at it: the appointments for it end in any case."""
    if any(rule.reference == IN_TERM for rule in state.rules):
        return state.rules
    return (*state.rules, _APPOINTMENTS_END)


TERM = Noun("term", e.EVENTS, evolve, lapse, alive, targets, identifiers, BONDS, rules)
