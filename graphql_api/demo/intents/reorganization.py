"""From records of reorganizations to commands (机构改革资料到命令). Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import UNSET

from graphql_api.demo.intents.organization import places
from graphql_api.demo.keys import Keys, organization_id, reorganization_id, stamp
from graphql_api.demo.records import reorganization as m
from graphql_api.demo.strict import Record
from registry.commands import Command
from registry.references import KindRule
from registry.reorganization.commands import AdoptReorganization, ProposeReorganization
from registry.reorganization.events import FunctionChange, NewOrganization, Plan, Succession, Superior


def _reorganization(record: m.ReorganizationRecord, keys: Keys) -> list[Command]:
    identity = reorganization_id(record.key)
    return [
        ProposeReorganization(
            reorganization=identity,
            title=record.title,
            plan=_plan(record, keys),
            **stamp(record, keys, "propose"),
        ),
        AdoptReorganization(
            reorganization=identity,
            takes_effect_on=record.takes_effect.day,
            effect_precision=record.takes_effect.precision,
            effect_assumed=record.effect_assumed,
            **stamp(record, keys, "adopt"),
        ),
    ]


def _plan(record: m.ReorganizationRecord, keys: Keys) -> Plan:
    return Plan(
        dissolved=tuple(keys.organization(key) for key in record.dissolved),
        established=tuple(_new(unit, record, keys) for unit in record.established),
        kept=tuple(keys.organization(key) for key in record.kept),
        functions=tuple(_change(move, keys) for move in record.function),
        successions=tuple(
            Succession(
                predecessor=keys.organization(succession.predecessor),
                successor=keys.organization(succession.successor),
            )
            for succession in record.succession
        ),
        rules=tuple(
            KindRule(
                reference=rule.reference,
                move_to=None if rule.move_to is None else keys.organization(rule.move_to),
            )
            for rule in record.rule
        ),
    )


def _new(unit: m.NewUnit, record: m.ReorganizationRecord, keys: Keys) -> NewOrganization:
    return NewOrganization(
        id=organization_id(unit.key),
        name=unit.name,
        kind=unit.kind,
        superiors=tuple(Superior(*place) for place in places(unit.under, keys)),
        code=unit.code,
        illustrative=record.illustrative,
    )


def _change(move: m.FunctionMove, keys: Keys) -> FunctionChange:
    if move.orphan and move.holder is not None:
        raise ValueError(f"{move.function}: an orphan has no holder")
    stays = move.holder is None and not move.orphan
    holder = None if move.holder is None else keys.organization(move.holder)
    return FunctionChange(
        function=keys.function(move.function),
        holder=UNSET if stays else holder,
        emphasize=move.emphasize,
    )


INTENTS: dict[type[Record], Callable[[Any, Keys], list[Command]]] = {
    m.ReorganizationRecord: _reorganization,
}
