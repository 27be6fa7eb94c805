"""What can happen to an organization (组织事件)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from registry.events import Event, LastingEvent
from registry.organization.kinds import (
    Base,
    Establishment,
    Formation,
    Hierarchy,
    Kind,
    LegalForm,
    Status,
    Tier,
)
from registry.references import KindRule

REPRESENTED_BY = "REPRESENTED_BY"
"""The kind of reference from an organization to its legal representative, a person (法定代表人)."""


class Profile(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """What an organization is beyond its name; None where it does not apply (属性).

    ``discipline`` is a code of GB/T 13745, ``subtype`` the term within the kind (党组, 监事会, 智库研究基地
    …), ``welfare_class`` the public-welfare class of an institution (公益类别).
    """

    tier: Tier | None = None
    base: Base | None = None
    formation: Formation | None = None
    subtype: str | None = None
    discipline: str | None = None
    welfare_class: str | None = None


class ProfileChange(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """Attributes that change: unset stays as it is, None becomes none."""

    tier: Tier | UnsetType | None = UNSET
    base: Base | UnsetType | None = UNSET
    formation: Formation | UnsetType | None = UNSET
    subtype: str | UnsetType | None = UNSET
    discipline: str | UnsetType | None = UNSET
    welfare_class: str | UnsetType | None = UNSET


class OrganizationEstablished(Event, frozen=True, kw_only=True):
    """An organization came into being, or began to be prepared (成立, 筹建)."""

    topic: ClassVar[str] = "organization.established"

    name: str
    kind: Kind
    short_name: str | None = None
    code: str | None = None
    status: Status = Status.ACTIVE
    profile: Profile = Profile()
    illustrative: bool = False


class OrganizationRenamed(Event, frozen=True, kw_only=True):
    """It bears another name; the short name stays unless it is given (更名)."""

    topic: ClassVar[str] = "organization.renamed"

    name: str
    short_name: str | UnsetType | None = UNSET


class OrganizationRecoded(Event, frozen=True, kw_only=True):
    """The registry's own code for it is another, or none (登记代码变更)."""

    topic: ClassVar[str] = "organization.recoded"

    code: str | None


class OrganizationReclassified(Event, frozen=True, kw_only=True):
    """Its attributes are others (属性变更)."""

    topic: ClassVar[str] = "organization.reclassified"

    change: ProfileChange


class OrganizationActivated(Event, frozen=True, kw_only=True):
    """Preparation or suspension is over (正式成立, 恢复)."""

    topic: ClassVar[str] = "organization.activated"


class OrganizationSuspended(Event, frozen=True, kw_only=True):
    """It does not act for the time being (暂停)."""

    topic: ClassVar[str] = "organization.suspended"


class OrganizationDissolved(Event, frozen=True, kw_only=True):
    """It ceased to exist (注销, 撤销建制); ``rules`` dispose of what is attached to it beyond that day."""

    topic: ClassVar[str] = "organization.dissolved"

    rules: tuple[KindRule, ...] = ()


class OrganizationRevoked(Event, frozen=True, kw_only=True):
    """Its registration was revoked by the authority (撤销登记)."""

    topic: ClassVar[str] = "organization.revoked"


class RelationOpened(LastingEvent, frozen=True, kw_only=True):
    """It stands under ``superior``; in a single-parent hierarchy, instead of under the one before."""

    topic: ClassVar[str] = "organization.relation_opened"

    hierarchy: Hierarchy
    superior: UUID


class RelationClosed(Event, frozen=True, kw_only=True):
    """It no longer stands under ``superior`` in ``hierarchy``."""

    topic: ClassVar[str] = "organization.relation_closed"

    hierarchy: Hierarchy
    superior: UUID


class IdentifierAssigned(LastingEvent, frozen=True, kw_only=True):
    """It bears the identifier ``value`` of ``scheme``, instead of the one before in that scheme (赋码)."""

    topic: ClassVar[str] = "organization.identifier_assigned"

    scheme: str
    value: str


class IdentifierWithdrawn(Event, frozen=True, kw_only=True):
    """It no longer bears an identifier of ``scheme`` (标识注销)."""

    topic: ClassVar[str] = "organization.identifier_withdrawn"

    scheme: str


class DesignationGranted(LastingEvent, frozen=True, kw_only=True):
    """It was named or certified something, such as 示范性学会 (称号、认定)."""

    topic: ClassVar[str] = "organization.designation_granted"

    name: str


class DesignationEnded(Event, frozen=True, kw_only=True):
    """The designation ended before its time, or had no end given (称号终止)."""

    topic: ClassVar[str] = "organization.designation_ended"

    name: str


class RegistrationRecorded(LastingEvent, frozen=True, kw_only=True):
    """It is registered as a legal person, instead of as before; ``until`` its certificate ends (登记).

    ``authority`` is who registers 登记管理机关, beside the supervising unit; ``representative`` a person.
    """

    topic: ClassVar[str] = "organization.registration_recorded"

    legal_form: LegalForm
    authority: str | None = None
    certificate: str | None = None
    domicile: str | None = None
    representative: UUID | None = None


class RepresentativeChanged(Event, frozen=True, kw_only=True):
    """Its legal representative is another person, or nobody for the time being (法定代表人变更)."""

    topic: ClassVar[str] = "organization.representative_changed"

    representative: UUID | None


class RegistrationCanceled(Event, frozen=True, kw_only=True):
    """It is no longer registered, though it goes on (注销登记)."""

    topic: ClassVar[str] = "organization.registration_canceled"


class CharterAdopted(Event, frozen=True, kw_only=True):
    """A version of its charter applies, instead of the one before (章程).

    ``adopted_on`` is the day of its congress, ``approved_on`` that of the approval 核准, if it has one.
    """

    topic: ClassVar[str] = "organization.charter_adopted"

    title: str
    adopted_on: date
    approved_on: date | None = None
    sha256: str | None = None


class CharterApproved(Event, frozen=True, kw_only=True):
    """Its charter was approved on that day (章程核准)."""

    topic: ClassVar[str] = "organization.charter_approved"


class Quota(Struct, frozen=True, gc=False, kw_only=True):
    """How many posts of a type are established (编制数)."""

    kind: Establishment
    count: int


class StaffingSet(Event, frozen=True, kw_only=True):
    """How many it may have and has: unset stays as it is, None becomes unknown (编制、领导职数、实有人数).

    ``leadership_posts`` may be filled, ``leaders`` are there; more than established is recorded as it is.
    """

    topic: ClassVar[str] = "organization.staffing_set"

    establishment: tuple[Quota, ...] | UnsetType | None = UNSET
    leadership_posts: int | UnsetType | None = UNSET
    leaders: int | UnsetType | None = UNSET
    headcount: int | UnsetType | None = UNSET


EVENTS: tuple[type[Event], ...] = (
    OrganizationEstablished,
    OrganizationRenamed,
    OrganizationRecoded,
    OrganizationReclassified,
    OrganizationActivated,
    OrganizationSuspended,
    OrganizationDissolved,
    OrganizationRevoked,
    RelationOpened,
    RelationClosed,
    IdentifierAssigned,
    IdentifierWithdrawn,
    DesignationGranted,
    DesignationEnded,
    RegistrationRecorded,
    RepresentativeChanged,
    RegistrationCanceled,
    CharterAdopted,
    CharterApproved,
    StaffingSet,
)
