"""From records of secondments and liaisons to commands (挂职、交流与直接联系资料到命令). Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql_api.demo.keys import Keys, identity, stamp
from graphql_api.demo.records import exchange as m
from graphql_api.demo.strict import Record
from registry.commands import Command
from registry.liaison.commands import BeginLiaison, EndLiaison, RecordVisit
from registry.secondment.commands import BeginSecondment, EndSecondment, ExtendSecondment


def _secondment(record: m.SecondmentRecord, keys: Keys) -> list[Command]:
    secondment = identity("secondment", record.place)
    commands: list[Command] = [
        BeginSecondment(
            secondment=secondment,
            person=keys.person(record.person),
            home=keys.organization(record.home),
            host=keys.organization(record.host),
            direction=record.direction,
            basis=record.basis,
            duty=record.duty,
            until=record.until,
            illustrative=record.illustrative,
            **stamp(record, keys, "second"),
        )
    ]
    if record.extended is not None:
        stamped = stamp(record, keys, "extend secondment", record.extended)
        commands.append(ExtendSecondment(secondment=secondment, until=record.extended_until, **stamped))
    if record.broken_off is not None:
        stamped = stamp(record, keys, "end secondment", record.broken_off)
        commands.append(EndSecondment(secondment=secondment, **stamped))
    return commands


def _liaison(record: m.LiaisonRecord, keys: Keys) -> list[Command]:
    liaison = identity("liaison", record.place)
    commands: list[Command] = [
        BeginLiaison(
            liaison=liaison,
            cadre=keys.person(record.cadre),
            scientist=keys.person(record.scientist),
            illustrative=record.illustrative,
            **stamp(record, keys, "begin liaison"),
        )
    ]
    for day in record.visits:
        stamped = stamp(record, keys, f"visit {day.day}", day)
        commands.append(RecordVisit(liaison=liaison, note="走访座谈（示例）", **stamped))
    if record.ended is not None:
        commands.append(EndLiaison(liaison=liaison, **stamp(record, keys, "end liaison", record.ended)))
    return commands


INTENTS: dict[type[Record], Callable[[Any, Keys], list[Command]]] = {
    m.SecondmentRecord: _secondment,
    m.LiaisonRecord: _liaison,
}
