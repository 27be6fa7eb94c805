"""From records of programmes to commands (计划资料到命令). Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql_api.demo.keys import Keys, stamp
from graphql_api.demo.records import programme as m
from graphql_api.demo.strict import Record
from registry.commands import Command
from registry.programme.commands import EnrollInProgramme, LaunchProgramme, LeaveProgramme


def _programme(record: m.ProgrammeRecord, keys: Keys) -> list[Command]:
    return [
        LaunchProgramme(
            programme=keys.identity("programme", record.key),
            name=record.name,
            owner=keys.organization(record.owner),
            until=record.until,
            illustrative=record.illustrative,
            **stamp(record, keys, "launch"),
        )
    ]


def _enrollment(record: m.EnrollmentRecord, keys: Keys) -> list[Command]:
    pair: dict[str, Any] = {
        "programme": keys.identity("programme", record.programme),
        "organization": keys.organization(record.organization),
    }
    commands: list[Command] = [EnrollInProgramme(**pair, **stamp(record, keys, "enroll"))]
    if record.left is not None:
        commands.append(LeaveProgramme(**pair, **stamp(record, keys, "leave", record.left)))
    return commands


INTENTS: dict[type[Record], Callable[[Any, Keys], list[Command]]] = {
    m.ProgrammeRecord: _programme,
    m.EnrollmentRecord: _enrollment,
}
