"""The data files, read strictly: an unknown key or kind is refused with its place (登记资料)."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import msgspec

from graphql_api.demo.records.figure import FigureRecord
from graphql_api.demo.records.function import FunctionRecord
from graphql_api.demo.records.instrument import InstrumentRecord
from graphql_api.demo.records.mandate import (
    HandoverRecord,
    MandateRecord,
    MandateRenewalRecord,
    MandateReviewRecord,
    RevocationRecord,
)
from graphql_api.demo.records.measure import (
    DeadlineRecord,
    EvidenceRecord,
    FindingRecord,
    FulfilmentRecord,
    MeasureRecord,
    MilestoneRecord,
    ProgressRecord,
)
from graphql_api.demo.records.organization import (
    DesignationRecord,
    IdentifierRecord,
    OrganizationRecord,
    RelationRecord,
    RenameRecord,
)
from graphql_api.demo.records.programme import EnrollmentRecord, ProgrammeRecord
from graphql_api.demo.records.reorganization import ReorganizationRecord
from graphql_api.demo.records.rule import CriterionRecord, RuleRecord
from graphql_api.demo.strict import DataError, KnownDate, Record, Source, Strict

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
    "programmes.toml",
    "mandates.toml",
    "figures.toml",
    "rules.toml",
)
"""The data files in the order in which they are recorded: each may build on those before it."""


class DataFile(Strict, frozen=True, kw_only=True):
    """Everything one file says; the kinds of record are recorded in the order of these fields."""

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
    programme: tuple[ProgrammeRecord, ...] = ()
    enrollment: tuple[EnrollmentRecord, ...] = ()
    mandate: tuple[MandateRecord, ...] = ()
    mandate_renewal: tuple[MandateRenewalRecord, ...] = ()
    mandate_review: tuple[MandateReviewRecord, ...] = ()
    handover: tuple[HandoverRecord, ...] = ()
    revocation: tuple[RevocationRecord, ...] = ()
    figure: tuple[FigureRecord, ...] = ()
    criterion: tuple[CriterionRecord, ...] = ()
    rule: tuple[RuleRecord, ...] = ()

    @property
    def records(self) -> tuple[Record, ...]:
        """All records in the order of their recording."""
        kinds = (getattr(self, name) for name in self.__struct_fields__ if name != "source")
        return tuple(record for kind in kinds for record in kind)


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
