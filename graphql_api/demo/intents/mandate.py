"""From records of mandates to commands (承接政府转移职能资料到命令). Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql_api.demo.keys import Keys, stamp
from graphql_api.demo.records import mandate as m
from graphql_api.demo.strict import Record
from registry.commands import Command
from registry.mandate.commands import (
    GrantMandate,
    HandOverMandate,
    RenewMandate,
    ReviewMandate,
    RevokeMandate,
)


def _mandate(record: m.MandateRecord, keys: Keys) -> list[Command]:
    return [
        GrantMandate(
            mandate=keys.identity("mandate", record.key),
            name=record.name,
            category=record.category,
            holder=keys.organization(record.holder),
            grantor=None if record.grantor is None else keys.organization(record.grantor),
            until=record.until,
            illustrative=record.illustrative,
            **stamp(record, keys, "grant mandate"),
        )
    ]


def _renewal(record: m.MandateRenewalRecord, keys: Keys) -> list[Command]:
    mandate = keys.identity("mandate", record.mandate)
    return [RenewMandate(mandate=mandate, until=record.until, **stamp(record, keys, "renew mandate"))]


def _review(record: m.MandateReviewRecord, keys: Keys) -> list[Command]:
    return [
        ReviewMandate(
            mandate=keys.identity("mandate", record.mandate),
            finding=record.finding,
            passed=record.passed,
            **stamp(record, keys, "review mandate"),
        )
    ]


def _handover(record: m.HandoverRecord, keys: Keys) -> list[Command]:
    return [
        HandOverMandate(
            mandate=keys.identity("mandate", record.mandate),
            holder=keys.organization(record.holder),
            **stamp(record, keys, "hand over mandate"),
        )
    ]


def _revocation(record: m.RevocationRecord, keys: Keys) -> list[Command]:
    mandate = keys.identity("mandate", record.mandate)
    return [RevokeMandate(mandate=mandate, **stamp(record, keys, "revoke mandate"))]


INTENTS: dict[type[Record], Callable[[Any, Keys], list[Command]]] = {
    m.MandateRecord: _mandate,
    m.MandateRenewalRecord: _renewal,
    m.MandateReviewRecord: _review,
    m.HandoverRecord: _handover,
    m.RevocationRecord: _revocation,
}
