"""What a data file may say, read strictly: an unknown key or kind is refused with its place (登记资料)."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files

import msgspec

from graphql_api.demo.measure_records import (
    DeadlineRecord,
    EvidenceRecord,
    FindingRecord,
    FulfilmentRecord,
    MeasureRecord,
    MilestoneRecord,
    ProgressRecord,
)
from graphql_api.demo.strict import DataError, KnownDate, Record, Source, Strict
from registry.organization.kinds import Base, Formation, Hierarchy, Kind, Status, Tier

__all__ = ["FILES", "DataError", "DataFile", "KnownDate", "Record", "parse", "read"]

FILES = (
    "instruments.toml",
    "association.toml",
    "institutions.toml",
    "districts.toml",
    "societies.toml",
    "grassroots.toml",
    "functions.toml",
    "reorganization.toml",
    "party.toml",
    "service_points.toml",
    "alliances.toml",
    "measures.toml",
)
"""The data files in the order in which they are recorded: each may build on those before it."""


class InstrumentRecord(Record, frozen=True, kw_only=True):
    """A document (文件); ``since`` is when it was issued."""

    key: str
    title: str
    number: str | None = None
    issuer: str | None = None

    @property
    def place(self) -> str:
        """The key."""
        return self.key


class OrganizationRecord(Record, frozen=True, kw_only=True):
    """An organization established, or begun to be prepared, with its places in hierarchies (成立、筹建)."""

    key: str
    name: str
    kind: Kind
    short_name: str | None = None
    code: str | None = None
    status: Status = Status.ACTIVE
    tier: Tier | None = None
    base: Base | None = None
    formation: Formation | None = None
    subtype: str | None = None
    discipline: str | None = None
    welfare_class: str | None = None
    under: dict[Hierarchy, tuple[str, ...]] = msgspec.field(default_factory=dict)
    identifiers: dict[str, str] = msgspec.field(default_factory=dict)

    @property
    def place(self) -> str:
        """The key."""
        return self.key


class OrganizationChange(Record, frozen=True, kw_only=True):
    """Something that happened to an organization later."""

    organization: str

    @property
    def place(self) -> str:
        """The organization and the date."""
        return f"{self.organization}@{self.since.day}"


class RenameRecord(OrganizationChange, frozen=True, kw_only=True):
    """Another name; the short name stays unless it is given (更名)."""

    name: str
    short_name: str | None = None


class RelationRecord(OrganizationChange, frozen=True, kw_only=True):
    """A place under a superior, beside those of the beginning (建立关系)."""

    hierarchy: Hierarchy
    superior: str
    until: date | None = None

    @property
    def place(self) -> str:
        """The organization, its superior, and the date."""
        return f"{self.organization}@{self.since.day}/{self.hierarchy}/{self.superior}"


class IdentifierRecord(OrganizationChange, frozen=True, kw_only=True):
    """An identifier, instead of the one before in its scheme (赋码)."""

    scheme: str
    value: str

    @property
    def place(self) -> str:
        """The organization, the scheme, and the date."""
        return f"{self.organization}@{self.since.day}/{self.scheme}"


class DesignationRecord(OrganizationChange, frozen=True, kw_only=True):
    """A designation or certification (称号)."""

    name: str
    until: date | None = None

    @property
    def place(self) -> str:
        """The organization, the designation, and the date."""
        return f"{self.organization}@{self.since.day}/{self.name}"


class FunctionRecord(Record, frozen=True, kw_only=True):
    """A function and who held it first (职能)."""

    key: str
    name: str
    holder: str
    description: str | None = None
    unspecified: bool = False

    @property
    def place(self) -> str:
        """The key."""
        return self.key


class FunctionMove(Strict, frozen=True, kw_only=True):
    """What a reorganization does to a function: it goes to ``holder``, or to nobody (职能调整)."""

    function: str
    holder: str | None = None
    orphan: bool = False
    emphasize: bool = False


class SuccessionRecord(Strict, frozen=True, kw_only=True):
    """Who carries on what somebody else was (承继关系)."""

    predecessor: str
    successor: str


class RuleRecord(Strict, frozen=True, kw_only=True):
    """What happens to references of one kind that nobody disposed of singly: they move, or end (处置规则)."""

    reference: str
    move_to: str | None = None


class NewUnit(Strict, frozen=True, kw_only=True):
    """An organization that a reorganization establishes on its day (新设单位)."""

    key: str
    name: str
    kind: Kind
    code: str | None = None
    under: dict[Hierarchy, tuple[str, ...]] = msgspec.field(default_factory=dict)


class ReorganizationRecord(Record, frozen=True, kw_only=True):
    """A reorganization, decided at ``since`` and effective later (机构改革)."""

    key: str
    title: str
    takes_effect: KnownDate
    effect_assumed: bool = False
    dissolved: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    established: tuple[NewUnit, ...] = ()
    succession: tuple[SuccessionRecord, ...] = ()
    function: tuple[FunctionMove, ...] = ()
    rule: tuple[RuleRecord, ...] = ()

    @property
    def place(self) -> str:
        """The key."""
        return self.key


class DataFile(Strict, frozen=True, kw_only=True):
    """Everything one file says; the kinds of record are recorded in this order."""

    source: tuple[Source, ...] = ()
    instrument: tuple[InstrumentRecord, ...] = ()
    organization: tuple[OrganizationRecord, ...] = ()
    relation: tuple[RelationRecord, ...] = ()
    rename: tuple[RenameRecord, ...] = ()
    identifier: tuple[IdentifierRecord, ...] = ()
    designation: tuple[DesignationRecord, ...] = ()
    function: tuple[FunctionRecord, ...] = ()
    reorganization: tuple[ReorganizationRecord, ...] = ()
    measure: tuple[MeasureRecord, ...] = ()
    deadline: tuple[DeadlineRecord, ...] = ()
    milestone: tuple[MilestoneRecord, ...] = ()
    progress: tuple[ProgressRecord, ...] = ()
    finding: tuple[FindingRecord, ...] = ()
    evidence: tuple[EvidenceRecord, ...] = ()
    fulfilment: tuple[FulfilmentRecord, ...] = ()

    @property
    def records(self) -> tuple[Record, ...]:
        """All records in the order of their recording."""
        return (
            *self.instrument,
            *self.organization,
            *self.relation,
            *self.rename,
            *self.identifier,
            *self.designation,
            *self.function,
            *self.reorganization,
            *self.measure,
            *self.deadline,
            *self.milestone,
            *self.progress,
            *self.finding,
            *self.evidence,
            *self.fulfilment,
        )


def parse(name: str, text: str) -> DataFile:
    """Return what the file ``name`` of this ``text`` says; raises DataError naming file and place."""
    try:
        return msgspec.convert(tomllib.loads(text), DataFile, dec_hook=_own_type)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DataError(f"{name}: {error}") from error


def read() -> dict[str, DataFile]:
    """Return every data file of the package by its name, in the order of recording."""
    folder = files(__package__).joinpath("data")
    return {name: parse(name, folder.joinpath(name).read_text("utf-8")) for name in FILES}


def _own_type(wanted: type, value: object) -> KnownDate:
    """Make the one type of ours that TOML has no word for."""
    if wanted is KnownDate and isinstance(value, str):
        return KnownDate(value)
    raise ValueError(f"expected {wanted.__name__} as text in quotes, got {value!r}")
