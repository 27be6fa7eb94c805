"""Rows of people (人员). Pure."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import asdict

from graphql_api.imports.identities import Look, is_id
from graphql_api.imports.rows import Row
from graphql_api.imports.saying import Changes, Intent, event_of, stamp
from graphql_api.imports.wrong import Wrong, WrongError
from registry.ids import RESIDENT_SCHEME
from registry.person import commands as c
from registry.person import events as e
from registry.person.state import Particulars, Person
from registry.timeline import Entity

_PLAIN = ("gender", "identity_number", "phone", "email")


def person(row: Row, look: Look) -> list[Intent]:
    """Return what a row of a person comes to: who it is, where they work, their title."""
    identity = _identity(row, look)
    entity = look.standing(identity)
    if entity is None:
        return [_registering(row, look, identity), *_working(row, look, identity)]
    changes = Changes(entity, row, look)
    state = _state_on(entity, row, changes)
    particulars = state.particulars
    assert particulars is not None
    _rename(row, particulars, changes)
    _change(row, particulars, changes)
    return [*changes.intents(), *_working(row, look, identity)]


def _identity(row: Row, look: Look) -> UUID:
    """Return who it is: by id, by the code, or by the identity number that somebody bears already."""
    if row.get("id") is not None:
        return look.required("person", row.get("id"), "id", row.day.on)
    # As with posts and terms, a code that is an id is that person's: exports can be taken in again.
    code = row.get("code")
    made = UUID(code) if is_id(code) else look.made("person", code)
    number = row.get("identity_number")
    if number is None or look.standing(made) is not None:
        return made
    bearers = [b.entity for b in look.world.bearers(RESIDENT_SCHEME, number) if look.known_before(b.entity)]
    return bearers[0] if bearers else made


def _registering(row: Row, look: Look, identity: UUID) -> Intent:
    birth = row.get("birth_date")
    dated = {} if birth is None else {"birth_date": birth.on, "birth_precision": birth.precision}
    command = c.RegisterPerson(
        **stamp(row, look),
        person=identity,
        name=row.get("name"),
        **{name: row.get(name) for name in _PLAIN},
        **dated,
    )
    return Intent("name", command)


def _state_on(entity: Entity, row: Row, changes: Changes) -> Person:
    first = entity.timeline.segments[0]
    state = first.state if row.day.on < first.start else entity.timeline.at(row.day.on)
    if not isinstance(state, Person) or state.particulars is None or state.deceased or state.into is not None:
        raise WrongError(Wrong.NOT_THERE, "from", noun="person 人员", value=row.get("code"), date=row.day.on)
    if row.day.on < first.start:
        said = event_of(entity, (e.PersonRegistered,))
        assert said is not None
        changes.move("from", said, row.day)
    return state


def _rename(row: Row, particulars: Particulars, changes: Changes) -> None:
    name = row.get("name")
    if name == particulars.name:
        return
    command = c.RenamePerson(**changes.stamp, person=changes.entity.id, name=name)
    given = {"name": name}
    changes.say("name", {e.PersonRegistered: given, e.PersonRenamed: given}, command)


def _change(row: Row, particulars: Particulars, changes: Changes) -> None:
    given: dict[str, Any] = {name: row.get(name) for name in _PLAIN if row.says(name)}
    if row.says("birth_date"):
        birth = row.get("birth_date")
        given["birth_date"] = None if birth is None else birth.on
        if birth is not None:
            given["birth_precision"] = birth.precision
    given = {name: value for name, value in given.items() if value != getattr(particulars, name)}
    if not given:
        return
    column = next(iter(given)).replace("birth_precision", "birth_date")
    if "birth_precision" in given or "birth_date" in given:
        birth = row.get("birth_date")
        given |= {} if birth is None else {"birth_date": birth.on, "birth_precision": birth.precision}
    registered = event_of(changes.entity, (e.PersonRegistered,), row.day.on)
    changed = event_of(changes.entity, (e.PersonParticularsChanged,), row.day.on)
    if changed is not None:
        said = {name: value for name, value in asdict(changed.event.change).items() if value is not UNSET}
        changes.amend(column, changed, change=e.ParticularsChange(**(said | given)))
    elif registered is not None:
        changes.amend(column, registered, **given)
    else:
        change = e.ParticularsChange(**given)
        changes.send(column, c.ChangeParticulars(**changes.stamp, person=changes.entity.id, change=change))


def _working(row: Row, look: Look, identity: UUID) -> list[Intent]:
    """Return the employment and the title that a row gives; the register is quiet about what it knows."""
    found: list[Intent] = []
    given = stamp(row, look)
    employer, name = row.get("employer"), row.get("employer_name")
    if employer is not None or name is not None:
        if row.get("sector") is None:
            raise WrongError(Wrong.REQUIRED, "sector", name="所在领域 sector")
        there = None
        if employer is not None:
            there = look.required("organization", employer, "employer", row.day.on)
        said = {
            "employer": there,
            "employer_name": None if there is not None else name,
            "sector": row.get("sector"),
            "position": row.get("position"),
            "leading": row.get("leading"),
        }
        if not _works(look, identity, row, said):
            employment = look.made("employment", identity, there or name)
            found.append(
                Intent(
                    "employer" if there else "employer_name",
                    c.EmployPerson(**given, person=identity, employment=employment, primary=True, **said),
                )
            )
    if row.get("title") is not None:
        level = row.get("title_level")
        if level is None:
            raise WrongError(Wrong.REQUIRED, "title_level", name="职称级别 title_level")
        award = c.AwardTitle(**given, person=identity, name=row.get("title"), level=level)
        found.append(Intent("title", award))
    return found


def _works(look: Look, identity: UUID, row: Row, said: dict[str, Any]) -> bool:
    """Say whether the person works there on that day just so, whatever came later."""
    entity = look.standing(identity)
    state = None if entity is None else entity.timeline.at(row.day.on)
    if not isinstance(state, Person):
        return False
    wanted = (*(said[name] for name in ("employer", "employer_name", "sector", "position", "leading")),)
    return any(
        (job.employer, job.employer_name, job.sector, job.title, job.leading) == wanted
        for job in state.employments
    )
