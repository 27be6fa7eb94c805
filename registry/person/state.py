"""A person as folded from its facts (人员状态). Pure.

The state has no attribute ``name``: messages about whatever dangles use that of the source, and they are kept
for ever, where nothing personal may be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from registry.errors import Code
from registry.events import Event, Fact
from registry.ids import RESIDENT_SCHEME
from registry.person import events as e
from registry.person.identity import disagreement
from registry.person.kinds import Gender
from registry.references import KindRule, Target
from registry.time import Precision
from registry.timeline import Conflict, Noun


class Particulars(Struct, frozen=True, gc=False, kw_only=True):
    """Who a person is, by the fact at ``position`` (个人基本信息)."""

    name: str
    gender: Gender | None
    birth_date: date | None
    birth_precision: Precision
    identity_number: str | None
    phone: str | None
    email: str | None
    position: int


class Person(Struct, frozen=True, gc=False, kw_only=True):
    """What is so of one person during a period; ``position`` and ``instrument`` are of the last change."""

    particulars: Particulars
    illustrative: bool
    position: int
    instrument: UUID | None
    deceased: bool = False
    rules: tuple[KindRule, ...] = ()


def _registered(fact: Fact) -> Person | Conflict:
    event = fact.event
    assert isinstance(event, e.PersonRegistered)
    particulars = Particulars(
        name=event.name,
        gender=event.gender,
        birth_date=event.birth_date,
        birth_precision=event.birth_precision,
        identity_number=event.identity_number,
        phone=event.phone,
        email=event.email,
        position=fact.position,
    )
    person = Person(
        particulars=particulars,
        illustrative=event.illustrative,
        position=fact.position,
        instrument=event.instrument,
    )
    return _agreeing(person, fact)


def _agreeing(state: Person, fact: Fact) -> Person | Conflict:
    """Return ``state``, or the conflict of an identity number that tells another birth or gender."""
    told = state.particulars
    field = disagreement(told.identity_number, told.birth_date, told.birth_precision, told.gender)
    return state if field is None else Conflict(Code.IDENTITY_DISAGREES, fact, {"field": field})


def _renamed(state: Person, fact: Fact) -> Person:
    event = fact.event
    assert isinstance(event, e.PersonRenamed)
    if event.name == state.particulars.name:
        return state
    particulars = replace(state.particulars, name=event.name, position=fact.position)
    return replace(state, particulars=particulars)


def _deceased(state: Person, fact: Fact) -> Person:
    event = fact.event
    assert isinstance(event, e.PersonDeceased)
    return replace(
        state,
        deceased=True,
        rules=event.rules,
        position=fact.position,
        instrument=event.instrument,
    )


_EVOLVE: dict[type[Event], Callable[[Person, Fact], Person | Conflict]] = {
    e.PersonRenamed: _renamed,
    e.PersonDeceased: _deceased,
}


def evolve(state: Person | None, fact: Fact) -> Person | Conflict:
    """Return the person after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.PersonRegistered):
        return Conflict(Code.ALREADY_EXISTS, fact, {}) if state is not None else _registered(fact)
    if state is None or not alive(state):
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    return _EVOLVE[type(event)](state, fact)


def lapse(state: Person, _fact: Fact) -> Person:
    """Return the state unchanged: no fact of a person ends by itself."""
    return state


def alive(state: Person) -> bool:
    """Say whether the person is registered and lives."""
    return not state.deceased


def targets(_state: Person) -> Iterable[Target]:
    """Yield nothing: people point at nobody."""
    return ()


def identifiers(state: Person) -> Iterable[tuple[str, str]]:
    """Yield the identity number while the person lives; nobody is shown it by this."""
    number = state.particulars.identity_number
    return () if number is None or not alive(state) else ((RESIDENT_SCHEME, number),)


def rules(state: Person) -> tuple[KindRule, ...]:
    """Return what the record of the death says about what points at the person still."""
    return state.rules


PERSON = Noun("person", e.EVENTS, evolve, lapse, alive, targets, identifiers, (), rules)
