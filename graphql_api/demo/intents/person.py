"""From records of people to commands (人员资料到命令). Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from graphql_api.demo.intents.pending import LateAmendment
from graphql_api.demo.keys import Keys, command_id, stamp
from graphql_api.demo.records import person as m
from graphql_api.demo.strict import Record
from registry.commands import Command
from registry.ids import stable_id
from registry.person.commands import (
    AwardTitle,
    EmployPerson,
    EndEmployment,
    GrantAward,
    MergePersons,
    RegisterPerson,
    SetDisciplines,
)
from registry.person.events import PersonEmployed
from registry.time import Precision


def employment_id(place: str) -> UUID:
    """Return the identity of an employment by the place of its record (任职)."""
    return stable_id(f"employment:{place}")


def _person(record: m.PersonRecord, keys: Keys) -> list[Command]:
    born = record.born
    return [
        RegisterPerson(
            person=keys.person(record.key),
            name=record.name,
            gender=record.gender,
            birth_date=None if born is None else born.day,
            birth_precision=Precision.DAY if born is None else born.precision,
            illustrative=record.illustrative,
            **stamp(record, keys, "register"),
        )
    ]


def _employment(record: m.EmploymentRecord, keys: Keys) -> list[Command]:
    person = keys.person(record.person)
    terms: dict[str, Any] = {
        "employment": employment_id(record.place),
        "employer": None if record.employer is None else keys.organization(record.employer),
        "employer_name": record.employer_name,
        "sector": record.sector,
        "position": record.position,
        "leading": record.leading,
        "primary": record.primary,
        "staffing": record.staffing,
    }
    if record.corrected:
        stamped = stamp(record, keys, "correct employment")
        dated = {name: stamped[name] for name in ("effective_on", "precision", "assumed", "reason")}
        return [
            LateAmendment(
                entity=person,
                position=0,
                of=command_id("employ", record.place),
                replacement=PersonEmployed(**terms, **dated),
                **stamped,
            )
        ]
    commands: list[Command] = []
    if record.ended is not None:
        left = employment_id(f"{record.person}/{record.ended}")
        commands.append(
            EndEmployment(person=person, employment=left, **stamp(record, keys, "end employment before"))
        )
    return [*commands, EmployPerson(person=person, **terms, **stamp(record, keys, "employ"))]


def _title(record: m.ProfessionalTitleRecord, keys: Keys) -> list[Command]:
    return [
        AwardTitle(
            person=keys.person(record.person),
            name=record.name,
            level=record.level,
            **stamp(record, keys, "award title"),
        )
    ]


def _disciplines(record: m.DisciplinesRecord, keys: Keys) -> list[Command]:
    return [
        SetDisciplines(
            person=keys.person(record.person),
            disciplines=record.codes,
            **stamp(record, keys, "set disciplines"),
        )
    ]


def _award(record: m.AwardRecord, keys: Keys) -> list[Command]:
    return [
        GrantAward(
            person=keys.person(record.person),
            name=record.name,
            grantor=record.grantor,
            **stamp(record, keys, "grant award"),
        )
    ]


def _merger(record: m.MergerRecord, keys: Keys) -> list[Command]:
    return [
        MergePersons(
            person=keys.person(record.person),
            into=keys.person(record.into),
            **stamp(record, keys, "merge"),
        )
    ]


INTENTS: dict[type[Record], Callable[[Any, Keys], list[Command]]] = {
    m.PersonRecord: _person,
    m.EmploymentRecord: _employment,
    m.ProfessionalTitleRecord: _title,
    m.DisciplinesRecord: _disciplines,
    m.AwardRecord: _award,
    m.MergerRecord: _merger,
}
