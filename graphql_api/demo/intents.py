"""From records of the data files to commands (资料到命令). Pure: the same files give the same ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from msgspec import UNSET

from graphql_api.demo import records as r
from graphql_api.demo.keys import (
    ACTOR,
    Keys,
    function_id,
    instrument_id,
    measure_id,
    organization_id,
    reorganization_id,
    stamp,
)
from graphql_api.demo.measures import INTENTS as MEASURES
from graphql_api.demo.measures import Citation
from registry.commands import Command
from registry.function.commands import DefineFunction
from registry.instrument.commands import RecordInstrument
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
from registry.references import KindRule
from registry.reorganization.commands import AdoptReorganization, ProposeReorganization
from registry.reorganization.events import FunctionChange, NewOrganization, Plan, Succession, Superior

__all__ = [
    "ACTOR",
    "commands_of",
    "function_id",
    "instrument_id",
    "measure_id",
    "organization_id",
    "reorganization_id",
]


def commands_of(data: Mapping[str, r.DataFile]) -> list[Command]:
    """Return the commands of all files in order; raises DataError naming the file and the record.

    An adoption carries no preview: only the register can make one.
    """
    keys = _keys(data)
    commands: list[Command] = []
    for file, content in data.items():
        for record in content.records:
            try:
                _check_sourced(record)
                commands.extend(_INTENTS[type(record)](record, keys))
            except ValueError as error:
                raise r.DataError(f"{file}: {record.place}: {error}") from error
    _check_ids(commands)
    _check_citations(commands)
    return commands


def _keys(data: Mapping[str, r.DataFile]) -> Keys:
    files = tuple(data.values())
    units = [record.key for file in files for record in file.organization]
    units.extend(unit.key for file in files for record in file.reorganization for unit in record.established)
    return Keys(
        sources={source.key: source.title for file in files for source in file.source},
        instruments=_distinct("instrument", [record.key for file in files for record in file.instrument]),
        organizations=_distinct("organization", units),
        functions=_distinct("function", [record.key for file in files for record in file.function]),
        measures=_distinct("measure", [record.code for file in files for record in file.measure]),
    )


def _distinct(what: str, keys: list[str]) -> frozenset[str]:
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise r.DataError(f"{what} defined twice: {', '.join(twice)}")
    return frozenset(keys)


def _check_sourced(record: r.Record) -> None:
    """Refuse what comes from nowhere: a fact names its source, an invention says that it is one."""
    if record.source is None and record.cites is None and not record.illustrative:
        raise ValueError("give a source, cite an instrument, or mark it illustrative")
    if record.clause is not None and record.cites is None:
        raise ValueError("a clause needs the instrument that it is in")


def _check_ids(commands: Iterable[Command]) -> None:
    seen: set[UUID] = set()
    for command in commands:
        if command.command_id in seen:
            raise r.DataError(f"two records give the same {type(command).__name__} of {command.subject}")
        seen.add(command.command_id)


def _check_citations(commands: Iterable[Command]) -> None:
    """Refuse evidence that is not recorded before it is cited."""
    sent: set[UUID] = set()
    for command in commands:
        if isinstance(command, Citation) and command.of not in sent:
            raise r.DataError(f"{command.note or command.subject}: nothing before it does what it cites")
        sent.add(command.command_id)


def _places(under: Mapping[Hierarchy, tuple[str, ...]], keys: Keys) -> Iterator[tuple[Hierarchy, UUID]]:
    for hierarchy, superiors in under.items():
        for superior in superiors:
            yield hierarchy, keys.organization(superior)


def _instrument(record: r.InstrumentRecord, keys: Keys) -> list[Command]:
    return [
        RecordInstrument(
            document=instrument_id(record.key),
            title=record.title,
            number=record.number,
            issuer=record.issuer,
            **stamp(record, keys, "record"),
        )
    ]


def _organization(record: r.OrganizationRecord, keys: Keys) -> list[Command]:
    places = tuple(Place(*place) for place in _places(record.under, keys))
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
            places=places,
            identifiers=tuple(record.identifiers.items()),
            illustrative=record.illustrative,
            **stamp(record, keys, "establish"),
        )
    ]


def _relation(record: r.RelationRecord, keys: Keys) -> list[Command]:
    return [
        OpenRelation(
            organization=keys.organization(record.organization),
            hierarchy=record.hierarchy,
            superior=keys.organization(record.superior),
            until=record.until,
            **stamp(record, keys, "relate"),
        )
    ]


def _rename(record: r.RenameRecord, keys: Keys) -> list[Command]:
    return [
        RenameOrganization(
            organization=keys.organization(record.organization),
            name=record.name,
            short_name=UNSET if record.short_name is None else record.short_name,
            **stamp(record, keys, "rename"),
        )
    ]


def _identifier(record: r.IdentifierRecord, keys: Keys) -> list[Command]:
    return [
        AssignIdentifier(
            organization=keys.organization(record.organization),
            scheme=record.scheme,
            value=record.value,
            **stamp(record, keys, "identify"),
        )
    ]


def _designation(record: r.DesignationRecord, keys: Keys) -> list[Command]:
    return [
        GrantDesignation(
            organization=keys.organization(record.organization),
            name=record.name,
            until=record.until,
            **stamp(record, keys, "designate"),
        )
    ]


def _function(record: r.FunctionRecord, keys: Keys) -> list[Command]:
    return [
        DefineFunction(
            function=function_id(record.key),
            name=record.name,
            description=record.description,
            holder=keys.organization(record.holder),
            unspecified=record.unspecified,
            illustrative=record.illustrative,
            **stamp(record, keys, "define"),
        )
    ]


def _reorganization(record: r.ReorganizationRecord, keys: Keys) -> list[Command]:
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


def _plan(record: r.ReorganizationRecord, keys: Keys) -> Plan:
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


def _new(unit: r.NewUnit, record: r.ReorganizationRecord, keys: Keys) -> NewOrganization:
    return NewOrganization(
        id=organization_id(unit.key),
        name=unit.name,
        kind=unit.kind,
        superiors=tuple(Superior(*place) for place in _places(unit.under, keys)),
        code=unit.code,
        illustrative=record.illustrative,
    )


def _change(move: r.FunctionMove, keys: Keys) -> FunctionChange:
    if move.orphan and move.holder is not None:
        raise ValueError(f"{move.function}: an orphan has no holder")
    stays = move.holder is None and not move.orphan
    holder = None if move.holder is None else keys.organization(move.holder)
    return FunctionChange(
        function=keys.function(move.function),
        holder=UNSET if stays else holder,
        emphasize=move.emphasize,
    )


_INTENTS: dict[type[r.Record], Callable[[Any, Keys], list[Command]]] = {
    r.InstrumentRecord: _instrument,
    r.OrganizationRecord: _organization,
    r.RelationRecord: _relation,
    r.RenameRecord: _rename,
    r.IdentifierRecord: _identifier,
    r.DesignationRecord: _designation,
    r.FunctionRecord: _function,
    r.ReorganizationRecord: _reorganization,
    **MEASURES,
}
