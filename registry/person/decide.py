"""Decisions about people (人员决策); mergers stand in ``merge``. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import asdict, replace

from registry.commands import Draft
from registry.disposal import carry_out
from registry.errors import Code, Refusal
from registry.events import Event
from registry.person import commands as c
from registry.person import events as e
from registry.person.aliases import is_erased, merged_into, same_person
from registry.person.identity import birth_of, check_identity_number, gender_of
from registry.person.state import (
    PERSON,
    Award,
    Employment,
    Particulars,
    Person,
    alive,
    changed,
    employment_of,
)
from registry.reads import World, require, require_absent
from registry.supposition import Supposition
from registry.time import FOREVER, Precision
from registry.timeline import Entity, spans


def register(command: c.RegisterPerson, world: World) -> list[Draft]:
    """Register the person, with the birth and gender that the identity number tells unless they are given."""
    require_absent(world, command.person, PERSON)
    birth, precision, gender = command.birth_date, command.birth_precision, command.gender
    if command.identity_number is not None:
        check_identity_number(command.identity_number)
        gender = gender or gender_of(command.identity_number)
        if birth is None:
            birth, precision = birth_of(command.identity_number), Precision.DAY
    event = e.PersonRegistered(
        name=command.name,
        gender=gender,
        birth_date=birth,
        birth_precision=precision,
        identity_number=command.identity_number,
        phone=command.phone,
        email=command.email,
        illustrative=command.illustrative,
        **_stamp(command),
    )
    return [Draft(command.person, event)]


def rename(command: c.RenamePerson, world: World) -> list[Draft]:
    """Rename; quiet when the person bears that name already."""
    _, _, particulars = _living(command, world)
    if particulars.name == command.name:
        return []
    return _one(command, e.PersonRenamed(name=command.name, **_stamp(command)))


def change_particulars(command: c.ChangeParticulars, world: World) -> list[Draft]:
    """Change them; quiet when they are so already."""
    _, _, particulars = _living(command, world)
    if changed(particulars, command.change) == particulars:
        return []
    return _one(command, e.PersonParticularsChanged(change=command.change, **_stamp(command)))


def employ(command: c.EmployPerson, world: World) -> list[Draft]:
    """Employ the person; quiet when the employment is there on that day with the same terms and end."""
    entity, _, _ = _living(command, world)
    event = e.PersonEmployed(
        employment=command.employment,
        employer=command.employer,
        employer_name=command.employer_name,
        sector=command.sector,
        position=command.position,
        leading=command.leading,
        primary=command.primary,
        staffing=command.staffing,
        until=command.until,
        **_stamp(command),
    )
    there = (employment_of(event, 0), command.until or FOREVER)
    for start, end, employment in spans(entity.timeline, _employments):
        if (employment, end) == there and start <= command.effective_on < end:
            return []
    return _one(command, event)


def _employments(state: Person) -> list[Employment]:
    """Return the employments without what says so, to be compared by what is said."""
    return [replace(employment, position=0, terms=0) for employment in state.employments]


def end_employment(command: c.EndEmployment, world: World) -> list[Draft]:
    """End an employment; refused when there is none on that day."""
    _living(command, world)
    return _one(command, e.EmploymentEnded(employment=command.employment, **_stamp(command)))


def award_title(command: c.AwardTitle, world: World) -> list[Draft]:
    """Award a title; quiet when the person bears it at that level."""
    _, state, _ = _living(command, world)
    if any((title.name, title.level) == (command.name, command.level) for title in state.titles):
        return []
    return _one(command, e.TitleAwarded(name=command.name, level=command.level, **_stamp(command)))


def withdraw_title(command: c.WithdrawTitle, world: World) -> list[Draft]:
    """Withdraw a title; refused when the person does not bear it on that day."""
    _living(command, world)
    return _one(command, e.TitleWithdrawn(name=command.name, **_stamp(command)))


def set_disciplines(command: c.SetDisciplines, world: World) -> list[Draft]:
    """Set them; quiet when they are these already."""
    _, state, _ = _living(command, world)
    if state.disciplines == command.disciplines:
        return []
    return _one(command, e.DisciplineSet(disciplines=command.disciplines, **_stamp(command)))


def grant_award(command: c.GrantAward, world: World) -> list[Draft]:
    """Grant an award; quiet when the very same was granted on that day."""
    entity, _, _ = _living(command, world)
    same = (command.name, command.grantor)
    for start, _, award in spans(entity.timeline, _awards):
        if start == command.effective_on and (award.name, award.grantor) == same:
            return []
    return _one(command, e.AwardGranted(name=command.name, grantor=command.grantor, **_stamp(command)))


def _awards(state: Person) -> tuple[Award, ...]:
    return state.awards


def withdraw_award(command: c.WithdrawAward, world: World) -> list[Draft]:
    """Take an award back; refused when the person has none of that name on that day."""
    _living(command, world)
    return _one(command, e.AwardWithdrawn(name=command.name, **_stamp(command)))


def record_death(command: c.RecordDeath, world: World) -> list[Draft]:
    """Record the death, in every record of the person; quiet when it is recorded for that day."""
    entity = require(world, command.person, PERSON)
    if any(start == command.effective_on for start, _, _ in spans(entity.timeline, _deceased)):
        return []
    _living(command, world)
    event = e.PersonDeceased(rules=command.rules, **_stamp(command))
    records = same_person(world, command.person)
    drafts = [Draft(record, event) for record in records if _lives(world, record, command.effective_on)]
    return [*drafts, *carry_out(Supposition(world, drafts), command.dispositions, command.stamp)]


def _deceased(state: Person) -> Iterable[tuple[()]]:
    return ((),) if state.deceased else ()


def _lives(world: World, person: UUID, day: date) -> bool:
    state = require(world, person, PERSON).timeline.at(day)
    return isinstance(state, Person) and alive(state)


def _living(command: c.PersonCommand, world: World) -> tuple[Entity, Person, Particulars]:
    """Return what is so of the person on the day, on which they must live; refuses MERGED for an alias."""
    entity = require(world, command.person, PERSON)
    into = merged_into(entity)
    if into is not None:
        raise Refusal(Code.MERGED, id=command.person, into=into)
    if is_erased(entity):
        raise Refusal(Code.PERSON_ERASED, id=command.person)
    state = entity.timeline.at(command.effective_on)
    if not isinstance(state, Person) or state.particulars is None or state.deceased:
        raise Refusal(Code.NOT_ALIVE, id=command.person, date=command.effective_on)
    return entity, state, state.particulars


def _stamp(command: c.PersonCommand) -> dict[str, Any]:
    return asdict(command.stamp)


def _one(command: c.PersonCommand, event: Event) -> list[Draft]:
    return [Draft(command.person, event)]
