"""What can happen to a person (人员事件).

What is personal is named by each event: it is sealed in the log. Ids of others, of employers too, are not.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import ClassVar
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from registry.events import Event, LastingEvent
from registry.person.kinds import Gender, Sector, StaffingMode, TitleLevel
from registry.references import KindRule
from registry.time import EARLIEST, Precision

EMPLOYED_BY = "EMPLOYED_BY"
"""The kind of reference from a person to the organization that employs them (任职单位)."""

ALWAYS = EARLIEST
"""The day of events that say who is who: they hold whenever anything of a person holds."""

BLANK = ""
"""The name in what was erased; nobody is ever called so (已清除)."""

_PARTICULARS = frozenset(
    {"name", "gender", "birth_date", "birth_precision", "identity_number", "phone", "email", "reason"}
)
_EMPLOYMENT = frozenset({"employer_name", "sector", "position", "leading", "primary", "staffing", "reason"})


class ParticularsChange(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """Particulars that change: unset stays as it is, None becomes none (个人信息变更).

    A birth date that is given without a precision is known to the day.
    """

    gender: Gender | UnsetType | None = UNSET
    birth_date: date | UnsetType | None = UNSET
    birth_precision: Precision | UnsetType = UNSET
    identity_number: str | UnsetType | None = UNSET
    phone: str | UnsetType | None = UNSET
    email: str | UnsetType | None = UNSET


class PersonRegistered(Event, frozen=True, kw_only=True):
    """A person came to be known to the registry, and is so from that day on (登记人员).

    ``identity_number`` is the citizen's identity number (公民身份号码, GB 11643).
    """

    topic: ClassVar[str] = "person.registered"
    personal: ClassVar[frozenset[str]] = _PARTICULARS
    blank: ClassVar[Mapping[str, object]] = MappingProxyType({"name": BLANK})

    name: str
    gender: Gender | None = None
    birth_date: date | None = None
    birth_precision: Precision = Precision.DAY
    identity_number: str | None = None
    phone: str | None = None
    email: str | None = None
    illustrative: bool = False


class PersonRenamed(Event, frozen=True, kw_only=True):
    """The person bears another name (更名)."""

    topic: ClassVar[str] = "person.renamed"
    personal: ClassVar[frozenset[str]] = frozenset({"name", "reason"})
    blank: ClassVar[Mapping[str, object]] = MappingProxyType({"name": BLANK})

    name: str


class PersonParticularsChanged(Event, frozen=True, kw_only=True):
    """Birth, gender, number or contacts are others, or known now (个人信息变更)."""

    topic: ClassVar[str] = "person.particulars_changed"
    personal: ClassVar[frozenset[str]] = frozenset({"change", "reason"})
    blank: ClassVar[Mapping[str, object]] = MappingProxyType({"change": {}})

    change: ParticularsChange


class PersonEmployed(LastingEvent, frozen=True, kw_only=True):
    """The person works there from that day on; for an employment that there is, under other terms (任职).

    The employer is an organization of the register, or known by name alone. A new ``primary`` employment
    (主职) takes the place of the one before as the primary one. ``leading`` says whether the position is one
    of leadership (领导职务), None where that is not known.
    """

    topic: ClassVar[str] = "person.employed"
    personal: ClassVar[frozenset[str]] = _EMPLOYMENT
    blank: ClassVar[Mapping[str, object]] = MappingProxyType({"sector": Sector.OTHER, "primary": False})

    employment: UUID
    employer: UUID | None = None
    employer_name: str | None = None
    sector: Sector
    position: str | None = None
    leading: bool | None = None
    primary: bool
    staffing: StaffingMode | None = None


class EmploymentTransferred(Event, frozen=True, kw_only=True):
    """An employment goes on, as it is, with another organization (任职单位划转)."""

    topic: ClassVar[str] = "person.employment_transferred"
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})

    employment: UUID
    source: UUID
    target: UUID


class EmploymentEnded(Event, frozen=True, kw_only=True):
    """The person no longer works there (离职); ``employer`` stands where it is the employer that ended."""

    topic: ClassVar[str] = "person.employment_ended"
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})

    employment: UUID
    employer: UUID | None = None


class TitleAwarded(Event, frozen=True, kw_only=True):
    """A professional title was awarded (评定职称)."""

    topic: ClassVar[str] = "person.title_awarded"
    personal: ClassVar[frozenset[str]] = frozenset({"name", "level", "reason"})
    blank: ClassVar[Mapping[str, object]] = MappingProxyType({"name": BLANK, "level": TitleLevel.JUNIOR})

    name: str
    level: TitleLevel


class TitleWithdrawn(Event, frozen=True, kw_only=True):
    """The person bears a professional title no more (取消职称)."""

    topic: ClassVar[str] = "person.title_withdrawn"
    personal: ClassVar[frozenset[str]] = frozenset({"name", "reason"})
    blank: ClassVar[Mapping[str, object]] = MappingProxyType({"name": BLANK})

    name: str


class DisciplineSet(Event, frozen=True, kw_only=True):
    """The disciplines that the person works in are these, by GB/T 13745, the main one first (学科)."""

    topic: ClassVar[str] = "person.discipline_set"
    personal: ClassVar[frozenset[str]] = frozenset({"disciplines", "reason"})
    blank: ClassVar[Mapping[str, object]] = MappingProxyType({"disciplines": ()})

    disciplines: tuple[str, ...]


class AwardGranted(Event, frozen=True, kw_only=True):
    """An award was granted, such as 优秀科技工作者 (获奖)."""

    topic: ClassVar[str] = "person.award_granted"
    personal: ClassVar[frozenset[str]] = frozenset({"name", "grantor", "reason"})
    blank: ClassVar[Mapping[str, object]] = MappingProxyType({"name": BLANK})

    name: str
    grantor: str | None = None


class AwardWithdrawn(Event, frozen=True, kw_only=True):
    """An award was taken back, of several of that name the latest (撤销奖励)."""

    topic: ClassVar[str] = "person.award_withdrawn"
    personal: ClassVar[frozenset[str]] = frozenset({"name", "reason"})
    blank: ClassVar[Mapping[str, object]] = MappingProxyType({"name": BLANK})

    name: str


class PersonDeceased(Event, frozen=True, kw_only=True):
    """The person died (去世); ``rules`` dispose of what points at the person beyond that day."""

    topic: ClassVar[str] = "person.deceased"
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})

    rules: tuple[KindRule, ...] = ()


class PersonMerged(Event, frozen=True, kw_only=True):
    """The record is of the same person as ``into``, whatever the day (合并).

    ``via`` is a record that this one was merged into before, and on whose merger it follows.
    """

    topic: ClassVar[str] = "person.merged"
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})

    into: UUID
    via: UUID | None = None


class PersonAbsorbed(Event, frozen=True, kw_only=True):
    """The record ``alias`` is of this person, too (并入).

    That says where to look; what is so, the alias says itself.
    """

    topic: ClassVar[str] = "person.absorbed"
    personal: ClassVar[frozenset[str]] = frozenset({"reason"})

    alias: UUID


class PersonErased(Event, frozen=True, kw_only=True):
    """What the register held of the person is destroyed, whatever the day and the belief (清除个人信息).

    ``reason`` is the ground for it, such as a demand of the person. It says nothing about them: it stays.
    """

    topic: ClassVar[str] = "person.erased"


ERASING = frozenset({PersonErased.topic})
"""The topics of events with which keys are destroyed."""

EVENTS: tuple[type[Event], ...] = (
    PersonErased,
    PersonRegistered,
    PersonRenamed,
    PersonParticularsChanged,
    PersonEmployed,
    EmploymentTransferred,
    EmploymentEnded,
    TitleAwarded,
    TitleWithdrawn,
    DisciplineSet,
    AwardGranted,
    AwardWithdrawn,
    PersonDeceased,
    PersonMerged,
    PersonAbsorbed,
)
