"""A criterion as folded from its facts (统计口径状态). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from registry.criterion import events as e
from registry.criterion.bonds import BONDS
from registry.criterion.kinds import Subject
from registry.errors import Code
from registry.events import Fact
from registry.ids import CRITERION_SCHEME
from registry.references import KindRule, Target
from registry.timeline import Conflict, Noun


class Criterion(Struct, frozen=True, kw_only=True):
    """What a word means during a period; ``defined_at`` is the fact that says so."""

    code: str
    name: str
    about: Subject
    predicate: str
    criteria: tuple[UUID, ...]
    defined_at: int
    clause: str | None
    illustrative: bool
    position: int
    instrument: UUID | None
    repealed: bool = False
    rules: tuple[KindRule, ...] = ()


def evolve(state: Criterion | None, fact: Fact) -> Criterion | Conflict:
    """Return the criterion after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.CriterionDefined):
        return _defined(event, fact) if state is None else Conflict(Code.ALREADY_EXISTS, fact, {})
    if state is None or state.repealed:
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    here = replace(state, position=fact.position, instrument=event.instrument, clause=event.clause)
    if isinstance(event, e.CriterionRedefined):
        return replace(here, predicate=event.predicate, criteria=event.criteria, defined_at=fact.position)
    assert isinstance(event, e.CriterionRepealed)
    return replace(here, repealed=True, rules=event.rules)


def _defined(event: e.CriterionDefined, fact: Fact) -> Criterion:
    return Criterion(
        code=event.code,
        name=event.name,
        about=event.about,
        predicate=event.predicate,
        criteria=event.criteria,
        defined_at=fact.position,
        clause=event.clause,
        illustrative=event.illustrative,
        position=fact.position,
        instrument=event.instrument,
    )


def lapse(state: Criterion, _fact: Fact) -> Criterion:
    """Return the state unchanged: no fact of a criterion ends by itself."""
    return state


def alive(state: Criterion) -> bool:
    """Say whether it is in force."""
    return not state.repealed


def targets(state: Criterion) -> Iterable[Target]:
    """Yield the definitions that it builds on."""
    if state.repealed:
        return ()
    return (Target(e.BUILDS_ON, criterion, state.defined_at) for criterion in state.criteria)


def identifiers(state: Criterion) -> Iterable[tuple[str, str]]:
    """Yield its code while it is in force."""
    return () if state.repealed else ((CRITERION_SCHEME, state.code),)


def rules(state: Criterion) -> tuple[KindRule, ...]:
    """Return what its repeal says about whatever uses it."""
    return state.rules


CRITERION = Noun("criterion", e.EVENTS, evolve, lapse, alive, targets, identifiers, BONDS, rules)
