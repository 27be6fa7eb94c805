"""A person as folded from its facts (人员状态). Pure.

The state has no attribute ``name``: messages about whatever dangles use that of the source, and they are kept
for ever, where nothing personal may be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from msgspec import UNSET, Struct
from msgspec.structs import asdict, replace

from registry.errors import Code
from registry.events import Event, Fact
from registry.ids import RESIDENT_SCHEME
from registry.person import events as e
from registry.person.bonds import BONDS
from registry.person.identity import disagreement
from registry.person.kinds import Gender, Sector, StaffingMode, TitleLevel
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


class Employment(Struct, frozen=True, gc=False, kw_only=True):
    """Where a person works (任职).

    ``position`` is of the fact that says for whom, ``terms`` of the one that says everything else, and with
    whose end the employment ends.
    """

    employment: UUID
    employer: UUID | None
    employer_name: str | None
    sector: Sector
    title: str | None
    leading: bool | None
    primary: bool
    staffing: StaffingMode | None
    position: int
    terms: int


class Title(Struct, frozen=True, gc=False):
    """A professional title, awarded by the fact at ``position`` (职称)."""

    name: str
    level: TitleLevel
    position: int


class Award(Struct, frozen=True, gc=False):
    """An award, granted by the fact at ``position`` (奖励)."""

    name: str
    grantor: str | None
    position: int


class Person(Struct, frozen=True, gc=False, kw_only=True):
    """What is so of one person during a period; ``position`` and ``instrument`` are of the last change.

    ``particulars`` are None as long as the person is not registered, and only who it is the same as is known.
    Of an ``erased`` person nothing is known but that they were registered, died, and are who.
    ``aliases`` are the records that may be of this person, too: those that say so themselves are.
    """

    particulars: Particulars | None
    illustrative: bool
    position: int
    instrument: UUID | None
    erased: bool = False
    deceased: bool = False
    rules: tuple[KindRule, ...] = ()
    employments: tuple[Employment, ...] = ()
    titles: tuple[Title, ...] = ()
    disciplines: tuple[str, ...] = ()
    awards: tuple[Award, ...] = ()
    into: UUID | None = None
    aliases: tuple[UUID, ...] = ()


def _registered(state: Person | None, fact: Fact) -> Person | Conflict:
    event = fact.event
    assert isinstance(event, e.PersonRegistered)
    if state is not None and state.particulars is not None:
        return Conflict(Code.ALREADY_EXISTS, fact, {})
    if event.name == e.BLANK or (state is not None and state.erased):
        return _registered_once(state, fact, event)
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
    person = replace(
        _unregistered(fact) if state is None else state,
        illustrative=event.illustrative,
        position=fact.position,
        instrument=event.instrument,
    )
    return _told(person, particulars, fact)


def _registered_once(state: Person | None, fact: Fact, event: e.PersonRegistered) -> Person:
    """Return an erased person: what was told of them is known no more."""
    nothing = Particulars(
        name=e.BLANK,
        gender=None,
        birth_date=None,
        birth_precision=Precision.DAY,
        identity_number=None,
        phone=None,
        email=None,
        position=fact.position,
    )
    return replace(
        _unregistered(fact) if state is None else state,
        erased=True,
        particulars=nothing,
        illustrative=event.illustrative,
        position=fact.position,
        instrument=event.instrument,
    )


def _unregistered(fact: Fact) -> Person:
    return Person(
        particulars=None, illustrative=False, position=fact.position, instrument=fact.event.instrument
    )


def _told(state: Person, particulars: Particulars, fact: Fact) -> Person | Conflict:
    """Return ``state`` with these, or the conflict of a number that tells another birth or gender."""
    field = disagreement(
        particulars.identity_number,
        particulars.birth_date,
        particulars.birth_precision,
        particulars.gender,
    )
    if field is not None:
        return Conflict(Code.IDENTITY_DISAGREES, fact, {"field": field})
    return replace(state, particulars=particulars)


def changed(particulars: Particulars, change: e.ParticularsChange) -> Particulars:
    """Return ``particulars`` with what ``change`` gives; a birth without a precision is known to the day."""
    given = {name: value for name, value in asdict(change).items() if value is not UNSET}
    if "birth_date" in given:
        given.setdefault("birth_precision", Precision.DAY)
    return replace(particulars, **given)


def _renamed(state: Person, fact: Fact) -> Person | Conflict:
    event = fact.event
    assert isinstance(event, e.PersonRenamed)
    assert state.particulars is not None
    if event.name == state.particulars.name:
        return state
    return _told(state, replace(state.particulars, name=event.name, position=fact.position), fact)


def _particulars_changed(state: Person, fact: Fact) -> Person | Conflict:
    event = fact.event
    assert isinstance(event, e.PersonParticularsChanged)
    assert state.particulars is not None
    particulars = changed(state.particulars, event.change)
    if particulars == state.particulars:
        return state
    return _told(state, replace(particulars, position=fact.position), fact)


def employment_of(event: e.PersonEmployed, position: int) -> Employment:
    """Return the employment that the event at ``position`` says there is."""
    return Employment(
        employment=event.employment,
        employer=event.employer,
        employer_name=event.employer_name,
        sector=event.sector,
        title=event.position,
        leading=event.leading,
        primary=event.primary,
        staffing=event.staffing,
        position=position,
        terms=position,
    )


def _employed(state: Person, fact: Fact) -> Person:
    """Add an employment, or set its terms; a new primary one takes the place of the one before as that."""
    event = fact.event
    assert isinstance(event, e.PersonEmployed)
    employment = employment_of(event, fact.position)
    others = tuple(
        replace(other, primary=False) if event.primary and other.primary else other
        for other in state.employments
        if other.employment != event.employment
    )
    return replace(state, employments=(*others, employment))


def _employment_transferred(state: Person, fact: Fact) -> Person | Conflict:
    event = fact.event
    assert isinstance(event, e.EmploymentTransferred)
    found = _employment(state, event.employment)
    if found is None or found.employer != event.source:
        return _not_employed(fact, event.employment)
    there = replace(found, employer=event.target, employer_name=None, position=fact.position)
    kept = (there if each is found else each for each in state.employments)
    return replace(state, employments=tuple(kept))


def _employment_ended(state: Person, fact: Fact) -> Person | Conflict:
    event = fact.event
    assert isinstance(event, e.EmploymentEnded)
    found = _employment(state, event.employment)
    if found is None or event.employer not in (None, found.employer):
        return _not_employed(fact, event.employment)
    kept = (each for each in state.employments if each is not found)
    return replace(state, employments=tuple(kept))


def _employment(state: Person, employment: UUID) -> Employment | None:
    return next((each for each in state.employments if each.employment == employment), None)


def _not_employed(fact: Fact, employment: UUID) -> Conflict:
    return Conflict(Code.NOT_EMPLOYED, fact, {"employment": employment, "date": fact.event.effective_on})


def _title_awarded(state: Person, fact: Fact) -> Person:
    event = fact.event
    assert isinstance(event, e.TitleAwarded)
    kept = tuple(title for title in state.titles if title.name != event.name)
    return replace(state, titles=(*kept, Title(event.name, event.level, fact.position)))


def _title_withdrawn(state: Person, fact: Fact) -> Person | Conflict:
    event = fact.event
    assert isinstance(event, e.TitleWithdrawn)
    kept = tuple(title for title in state.titles if title.name != event.name)
    if len(kept) == len(state.titles):
        return Conflict(Code.NOT_DISTINGUISHED, fact, {"date": event.effective_on})
    return replace(state, titles=kept)


def _discipline_set(state: Person, fact: Fact) -> Person:
    event = fact.event
    assert isinstance(event, e.DisciplineSet)
    return replace(state, disciplines=event.disciplines)


def _award_granted(state: Person, fact: Fact) -> Person:
    event = fact.event
    assert isinstance(event, e.AwardGranted)
    return replace(state, awards=(*state.awards, Award(event.name, event.grantor, fact.position)))


def _award_withdrawn(state: Person, fact: Fact) -> Person | Conflict:
    event = fact.event
    assert isinstance(event, e.AwardWithdrawn)
    found = [award for award in state.awards if award.name == event.name]
    if not found:
        return Conflict(Code.NOT_DISTINGUISHED, fact, {"date": event.effective_on})
    return replace(state, awards=tuple(award for award in state.awards if award is not found[-1]))


def _deceased(state: Person, fact: Fact) -> Person:
    """End the life, and with it the person's own employments, titles, disciplines and awards."""
    event = fact.event
    assert isinstance(event, e.PersonDeceased)
    return replace(
        state,
        deceased=True,
        rules=event.rules,
        position=fact.position,
        instrument=event.instrument,
        employments=(),
        titles=(),
        disciplines=(),
        awards=(),
    )


def _merged(state: Person, fact: Fact) -> Person | Conflict:
    event = fact.event
    assert isinstance(event, e.PersonMerged)
    if event.via is not None:
        # It follows on a merger of ``via``, and says nothing once this record is not merged into that.
        return replace(state, into=event.into) if state.into == event.via else state
    if state.into is not None:
        return Conflict(Code.MERGED, fact, {"into": state.into})
    return replace(state, into=event.into)


def _absorbed(state: Person, fact: Fact) -> Person:
    event = fact.event
    assert isinstance(event, e.PersonAbsorbed)
    return state if event.alias in state.aliases else replace(state, aliases=(*state.aliases, event.alias))


def _erased(state: Person, _fact: Fact) -> Person:
    return replace(state, erased=True)


_EVOLVE: dict[type[Event], Callable[[Person, Fact], Person | Conflict]] = {
    e.PersonRenamed: _renamed,
    e.PersonParticularsChanged: _particulars_changed,
    e.PersonEmployed: _employed,
    e.EmploymentTransferred: _employment_transferred,
    e.EmploymentEnded: _employment_ended,
    e.TitleAwarded: _title_awarded,
    e.TitleWithdrawn: _title_withdrawn,
    e.DisciplineSet: _discipline_set,
    e.AwardGranted: _award_granted,
    e.AwardWithdrawn: _award_withdrawn,
    e.PersonDeceased: _deceased,
}

_SAME: dict[type[Event], Callable[[Person, Fact], Person | Conflict]] = {
    e.PersonMerged: _merged,
    e.PersonAbsorbed: _absorbed,
    e.PersonErased: _erased,
}
"""What says who is who: it stands before everything else, the registration included."""


def evolve(state: Person | None, fact: Fact) -> Person | Conflict:
    """Return the person after ``fact``, or why the fact cannot follow."""
    event = fact.event
    same = _SAME.get(type(event))
    if same is not None:
        return same(_unregistered(fact) if state is None else state, fact)
    if isinstance(event, e.PersonRegistered):
        return _registered(state, fact)
    if state is None or not alive(state):
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    if state.erased and not isinstance(event, e.PersonDeceased):
        return state
    return _EVOLVE[type(event)](state, fact)


def lapse(state: Person, fact: Fact) -> Person:
    """Return the person once ``fact`` ended by itself; nothing if other terms replaced it before."""
    kept = tuple(each for each in state.employments if each.terms != fact.position)
    return state if len(kept) == len(state.employments) else replace(state, employments=kept)


def alive(state: Person) -> bool:
    """Say whether the person is registered and lives."""
    return state.particulars is not None and not state.deceased


def targets(state: Person) -> Iterable[Target]:
    """Yield the organizations that employ the person."""
    return [
        Target(e.EMPLOYED_BY, employment.employer, employment.position)
        for employment in state.employments
        if employment.employer is not None
    ]


def identifiers(state: Person) -> Iterable[tuple[str, str]]:
    """Yield the identity number while the person lives, unless another record stands for them."""
    if state.particulars is None or state.particulars.identity_number is None:
        return ()
    if state.into is not None or not alive(state):
        return ()
    return ((RESIDENT_SCHEME, state.particulars.identity_number),)


def rules(state: Person) -> tuple[KindRule, ...]:
    """Return what the record of the death says about what points at the person still."""
    return state.rules


PERSON = Noun("person", e.EVENTS, evolve, lapse, alive, targets, identifiers, BONDS, rules)
