"""From records of organizations to commands (组织资料到命令). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

from msgspec import UNSET

from graphql_api.demo.keys import Keys, organization_id, stamp
from graphql_api.demo.records import organization as m
from graphql_api.demo.strict import Record
from registry.commands import Command
from registry.organization.commands import (
    AssignIdentifier,
    EstablishOrganization,
    GrantDesignation,
    OpenRelation,
    Place,
    RenameOrganization,
)
from registry.organization.events import Profile
from registry.organization.kinds import Hierarchy


def places(under: Mapping[Hierarchy, tuple[str, ...]], keys: Keys) -> Iterator[tuple[Hierarchy, UUID]]:
    """Yield every place of a table of superiors by hierarchy (所在位置)."""
    for hierarchy, superiors in under.items():
        for superior in superiors:
            yield hierarchy, keys.organization(superior)


def _organization(record: m.OrganizationRecord, keys: Keys) -> list[Command]:
    under = tuple(Place(*place) for place in places(record.under, keys))
    return [
        EstablishOrganization(
            organization=organization_id(record.key),
            name=record.name,
            kind=record.kind,
            short_name=record.short_name,
            code=record.code,
            status=record.status,
            profile=Profile(
                tier=record.tier,
                base=record.base,
                formation=record.formation,
                subtype=record.subtype,
                discipline=record.discipline,
                welfare_class=record.welfare_class,
            ),
            places=under,
            identifiers=tuple(record.identifiers.items()),
            illustrative=record.illustrative,
            **stamp(record, keys, "establish"),
        )
    ]


def _relation(record: m.RelationRecord, keys: Keys) -> list[Command]:
    return [
        OpenRelation(
            organization=keys.organization(record.organization),
            hierarchy=record.hierarchy,
            superior=keys.organization(record.superior),
            until=record.until,
            **stamp(record, keys, "relate"),
        )
    ]


def _rename(record: m.RenameRecord, keys: Keys) -> list[Command]:
    return [
        RenameOrganization(
            organization=keys.organization(record.organization),
            name=record.name,
            short_name=UNSET if record.short_name is None else record.short_name,
            **stamp(record, keys, "rename"),
        )
    ]


def _identifier(record: m.IdentifierRecord, keys: Keys) -> list[Command]:
    return [
        AssignIdentifier(
            organization=keys.organization(record.organization),
            scheme=record.scheme,
            value=record.value,
            **stamp(record, keys, "identify"),
        )
    ]


def _designation(record: m.DesignationRecord, keys: Keys) -> list[Command]:
    return [
        GrantDesignation(
            organization=keys.organization(record.organization),
            name=record.name,
            until=record.until,
            **stamp(record, keys, "designate"),
        )
    ]


INTENTS: dict[type[Record], Callable[[Any, Keys], list[Command]]] = {
    m.OrganizationRecord: _organization,
    m.RelationRecord: _relation,
    m.RenameRecord: _rename,
    m.IdentifierRecord: _identifier,
    m.DesignationRecord: _designation,
}
