"""From records of memberships to commands (会员资料到命令). Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from graphql_api.demo.keys import Keys, identity, stamp
from graphql_api.demo.records import membership as m
from graphql_api.demo.strict import Record
from registry.commands import Command
from registry.membership.commands import (
    AdmitMember,
    ApplyForMembership,
    EndMembership,
    ResumeMembership,
    SuspendMembership,
    TransferMembership,
)


def _membership(record: m.MembershipRecord, keys: Keys) -> list[Command]:
    membership = identity("membership", record.place)
    joined: dict[str, Any] = {
        "membership": membership,
        "member": _member(record, keys),
        "organization": keys.organization(record.organization),
        "member_class": record.member_class,
        "illustrative": record.illustrative,
    }
    if record.applied_only:
        return [ApplyForMembership(**joined, **stamp(record, keys, "apply"))]
    commands: list[Command] = [AdmitMember(**joined, number=record.number, **stamp(record, keys, "admit"))]
    if record.suspended is not None:
        stamped = stamp(record, keys, "suspend membership", record.suspended)
        commands.append(SuspendMembership(membership=membership, **stamped))
    if record.resumed is not None:
        stamped = stamp(record, keys, "resume membership", record.resumed)
        commands.append(ResumeMembership(membership=membership, **stamped))
    if record.ended is not None:
        stamped = stamp(record, keys, "end membership", record.ended)
        commands.append(EndMembership(membership=membership, end_reason=record.end_reason, **stamped))
    return commands


def _member(record: m.MembershipRecord, keys: Keys) -> UUID:
    if record.person is not None and record.unit is None:
        return keys.person(record.person)
    if record.unit is not None and record.person is None:
        return keys.organization(record.unit)
    raise ValueError("a member is a person or a unit")


def _transfer(record: m.MembershipTransferRecord, keys: Keys) -> list[Command]:
    return [
        TransferMembership(
            membership=keys.identity("membership", record.membership),
            organization=keys.organization(record.organization),
            **stamp(record, keys, "transfer membership"),
        )
    ]


INTENTS: dict[type[Record], Callable[[Any, Keys], list[Command]]] = {
    m.MembershipRecord: _membership,
    m.MembershipTransferRecord: _transfer,
}
