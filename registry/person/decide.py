"""Decisions about people (人员决策). Pure."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from registry.commands import Draft
from registry.disposal import carry_out
from registry.errors import Code, Refusal
from registry.events import Event
from registry.person import commands as c
from registry.person import events as e
from registry.person.identity import birth_of, check_identity_number, gender_of
from registry.person.state import PERSON, Person
from registry.reads import World, require, require_absent
from registry.supposition import Supposition
from registry.time import Precision


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
        **asdict(command.stamp),
    )
    return [Draft(command.person, event)]


def rename(command: c.RenamePerson, world: World) -> list[Draft]:
    """Rename; quiet when the person bears that name already."""
    if _living(command, world).particulars.name == command.name:
        return []
    return _one(command, e.PersonRenamed(name=command.name, **_stamp(command)))


def record_death(command: c.RecordDeath, world: World) -> list[Draft]:
    """Record the death and what becomes of the rest; quiet when it is recorded for that day."""
    state = _state(command, world)
    if state is not None and state.deceased:
        return []
    _living(command, world)
    act = Draft(command.person, e.PersonDeceased(rules=command.rules, **_stamp(command)))
    return [act, *carry_out(Supposition(world, [act]), command.dispositions, command.stamp)]


def _state(command: c.PersonCommand, world: World) -> Person | None:
    state = require(world, command.person, PERSON).timeline.at(command.effective_on)
    return state if isinstance(state, Person) else None


def _living(command: c.PersonCommand, world: World) -> Person:
    """Return what is so of the person on the day, on which they must be registered and alive."""
    state = _state(command, world)
    if state is None or state.deceased:
        raise Refusal(Code.NOT_ALIVE, id=command.person, date=command.effective_on)
    return state


def _stamp(command: c.PersonCommand) -> dict[str, Any]:
    return asdict(command.stamp)


def _one(command: c.PersonCommand, event: Event) -> list[Draft]:
    return [Draft(command.person, event)]
