"""From records of Party affiliations and of taking part to commands (组织关系与参加资料到命令). Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql_api.demo.keys import Keys, identity, stamp
from graphql_api.demo.records import party as m
from graphql_api.demo.strict import Record
from registry.affiliation.commands import (
    ConfirmAffiliation,
    OpenAffiliation,
    ReceiveTransfer,
    TransferAffiliation,
)
from registry.commands import Command
from registry.participation.commands import BeginParticipation


def _affiliation(record: m.AffiliationRecord, keys: Keys) -> list[Command]:
    affiliation = identity("affiliation", record.person)
    commands: list[Command] = [
        OpenAffiliation(
            affiliation=affiliation,
            person=keys.person(record.person),
            branch=keys.organization(record.branch),
            stage=record.stage,
            **stamp(record, keys, "open affiliation"),
        )
    ]
    if record.confirmed is not None:
        stamped = stamp(record, keys, "confirm affiliation", record.confirmed)
        commands.append(ConfirmAffiliation(affiliation=affiliation, **stamped))
    return commands


def _transfer(record: m.AffiliationTransferRecord, keys: Keys) -> list[Command]:
    affiliation = keys.identity("affiliation", record.person)
    commands: list[Command] = [
        TransferAffiliation(
            affiliation=affiliation,
            branch=keys.organization(record.branch),
            letter=record.letter,
            letter_valid_until=record.valid_until,
            **stamp(record, keys, "transfer affiliation"),
        )
    ]
    if record.received is not None:
        stamped = stamp(record, keys, "receive transfer", record.received)
        commands.append(ReceiveTransfer(affiliation=affiliation, received_on=record.received.day, **stamped))
    return commands


def _participation(record: m.ParticipationRecord, keys: Keys) -> list[Command]:
    return [
        BeginParticipation(
            participation=identity("participation", record.place),
            person=keys.person(record.person),
            organization=keys.organization(record.organization),
            role=record.role,
            **stamp(record, keys, "participate"),
        )
    ]


INTENTS: dict[type[Record], Callable[[Any, Keys], list[Command]]] = {
    m.AffiliationRecord: _affiliation,
    m.AffiliationTransferRecord: _transfer,
    m.ParticipationRecord: _participation,
}
