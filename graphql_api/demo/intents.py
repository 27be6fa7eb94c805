"""From records of the data files to commands (资料到命令). Pure: the same files give the same ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import UNSET

from graphql_api.demo import records as r
from registry.commands import Command
from registry.function.commands import DefineFunction
from registry.ids import stable_id
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

ACTOR = "demo:loader"
"""Who records the register."""


def instrument_id(key: str) -> UUID:
    """Return the identity of the instrument with this key (文件)."""
    return stable_id(f"instrument:{key}")


def organization_id(key: str) -> UUID:
    """Return the identity of the organization with this key (组织)."""
    return stable_id(f"organization:{key}")


def function_id(key: str) -> UUID:
    """Return the identity of the function with this key (职能)."""
    return stable_id(f"function:{key}")


def reorganization_id(key: str) -> UUID:
    """Return the identity of the reorganization with this key (机构改革)."""
    return stable_id(f"reorganization:{key}")


class Keys(NamedTuple):
    """Every key that the files define, so that a mistyped one is found before anything is recorded (索引)."""

    sources: Mapping[str, str]
    instruments: frozenset[str]
    organizations: frozenset[str]
    functions: frozenset[str]

    def instrument(self, key: str) -> UUID:
        """Return the identity of a known instrument."""
        return instrument_id(_known("instrument", key, self.instruments))

    def organization(self, key: str) -> UUID:
        """Return the identity of a known organization."""
        return organization_id(_known("organization", key, self.organizations))

    def function(self, key: str) -> UUID:
        """Return the identity of a known function."""
        return function_id(_known("function", key, self.functions))


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
    )


def _distinct(what: str, keys: list[str]) -> frozenset[str]:
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise r.DataError(f"{what} defined twice: {', '.join(twice)}")
    return frozenset(keys)


def _known(what: str, key: str, known: Iterable[str]) -> str:
    if key not in known:
        raise ValueError(f"no {what} has the key {key!r}")
    return key


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


def _stamp(record: r.Record, keys: Keys, act: str) -> dict[str, Any]:
    """Return what every command carries; its id comes from the act and the place alone."""
    return {
        "command_id": stable_id(f"command:{act}:{record.place}"),
        "actor": ACTOR,
        "effective_on": record.since.day,
        "precision": record.since.precision,
        "assumed": record.assumed,
        "instrument": None if record.cites is None else keys.instrument(record.cites),
        "clause": record.clause,
        "reason": _reason(record, keys),
    }


def _reason(record: r.Record, keys: Keys) -> str | None:
    """Say in Chinese what the instrument does not: the page, that it is invented, and the note."""
    parts: list[str] = []
    if record.illustrative:
        parts.append("示例数据，并非事实。")
    if record.source is not None:
        parts.append(f"来源：{keys.sources[_known('source', record.source, keys.sources)]}。")
    if record.note is not None:
        parts.append(record.note)
    return "".join(parts) or None


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
            **_stamp(record, keys, "record"),
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
            **_stamp(record, keys, "establish"),
        )
    ]


def _relation(record: r.RelationRecord, keys: Keys) -> list[Command]:
    return [
        OpenRelation(
            organization=keys.organization(record.organization),
            hierarchy=record.hierarchy,
            superior=keys.organization(record.superior),
            until=record.until,
            **_stamp(record, keys, "relate"),
        )
    ]


def _rename(record: r.RenameRecord, keys: Keys) -> list[Command]:
    return [
        RenameOrganization(
            organization=keys.organization(record.organization),
            name=record.name,
            short_name=UNSET if record.short_name is None else record.short_name,
            **_stamp(record, keys, "rename"),
        )
    ]


def _identifier(record: r.IdentifierRecord, keys: Keys) -> list[Command]:
    return [
        AssignIdentifier(
            organization=keys.organization(record.organization),
            scheme=record.scheme,
            value=record.value,
            **_stamp(record, keys, "identify"),
        )
    ]


def _designation(record: r.DesignationRecord, keys: Keys) -> list[Command]:
    return [
        GrantDesignation(
            organization=keys.organization(record.organization),
            name=record.name,
            until=record.until,
            **_stamp(record, keys, "designate"),
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
            **_stamp(record, keys, "define"),
        )
    ]


def _reorganization(record: r.ReorganizationRecord, keys: Keys) -> list[Command]:
    identity = reorganization_id(record.key)
    return [
        ProposeReorganization(
            reorganization=identity,
            title=record.title,
            plan=_plan(record, keys),
            **_stamp(record, keys, "propose"),
        ),
        AdoptReorganization(
            reorganization=identity,
            takes_effect_on=record.takes_effect.day,
            effect_precision=record.takes_effect.precision,
            effect_assumed=record.effect_assumed,
            **_stamp(record, keys, "adopt"),
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
}
