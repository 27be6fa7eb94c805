"""From records of registrations, charters and staffing to commands (登记、章程与编制资料到命令). Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql_api.demo.keys import Keys, stamp
from graphql_api.demo.records import papers as m
from graphql_api.demo.strict import Record
from registry.commands import Command
from registry.organization.commands import AdoptCharter, RecordRegistration, SetStaffing
from registry.organization.events import Quota


def _registration(record: m.RegistrationRecord, keys: Keys) -> list[Command]:
    return [
        RecordRegistration(
            organization=keys.organization(record.organization),
            legal_form=record.legal_form,
            authority=record.authority,
            certificate=record.certificate,
            domicile=record.domicile,
            representative=None if record.representative is None else keys.person(record.representative),
            until=record.until,
            **stamp(record, keys, "record registration"),
        )
    ]


def _charter(record: m.CharterRecord, keys: Keys) -> list[Command]:
    return [
        AdoptCharter(
            organization=keys.organization(record.organization),
            title=record.title,
            adopted_on=record.adopted,
            approved_on=record.approved,
            **stamp(record, keys, "adopt charter"),
        )
    ]


def _staffing(record: m.StaffingRecord, keys: Keys) -> list[Command]:
    return [
        SetStaffing(
            organization=keys.organization(record.organization),
            establishment=tuple(Quota(kind=kind, count=count) for kind, count in record.quotas.items()),
            leadership_posts=record.leadership_posts,
            leaders=record.leaders,
            headcount=record.headcount,
            **stamp(record, keys, "set staffing"),
        )
    ]


INTENTS: dict[type[Record], Callable[[Any, Keys], list[Command]]] = {
    m.RegistrationRecord: _registration,
    m.CharterRecord: _charter,
    m.StaffingRecord: _staffing,
}
