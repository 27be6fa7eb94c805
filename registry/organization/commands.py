"""What one may ask of an organization (组织命令)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from registry.commands import Command
from registry.dispositions import Disposition
from registry.ids import CODE_SCHEME
from registry.organization.events import Profile, ProfileChange, Quota
from registry.organization.kinds import Hierarchy, Kind, LegalForm, Status
from registry.reads import Needs
from registry.references import KindRule


class Place(Struct, frozen=True):
    """A place under ``superior`` in ``hierarchy``."""

    hierarchy: Hierarchy
    superior: UUID


class OrganizationCommand(Command, frozen=True, kw_only=True):
    """A command to one organization."""

    organization: UUID

    @property
    def subject(self) -> UUID:
        """The organization."""
        return self.organization


class EstablishOrganization(OrganizationCommand, frozen=True, kw_only=True):
    """Establish an organization, or begin to prepare it, in its places (成立)."""

    opens: ClassVar[bool] = True

    name: str
    kind: Kind
    short_name: str | None = None
    code: str | None = None
    status: Status = Status.ACTIVE
    profile: Profile = Profile()
    places: tuple[Place, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    illustrative: bool = False

    @property
    def needs(self) -> Needs:
        """The superiors, and who bears its code and identifiers."""
        superiors = (place.superior for place in self.places)
        code = () if self.code is None else ((CODE_SCHEME, self.code),)
        return Needs(
            entities=frozenset({self.organization, *superiors, *self.cited}),
            identifiers=frozenset({*self.identifiers, *code}),
        )


class RenameOrganization(OrganizationCommand, frozen=True, kw_only=True):
    """Give it another name; the short name stays unless given, None takes it away (更名)."""

    name: str
    short_name: str | UnsetType | None = UNSET


class RecodeOrganization(OrganizationCommand, frozen=True, kw_only=True):
    """Give it another code of the registry, or none (变更登记代码)."""

    code: str | None


class ReclassifyOrganization(OrganizationCommand, frozen=True, kw_only=True):
    """Change attributes: unset stays as it is, None becomes none (变更属性)."""

    change: ProfileChange


class ActivateOrganization(OrganizationCommand, frozen=True, kw_only=True):
    """End its preparation or suspension (正式成立, 恢复)."""


class SuspendOrganization(OrganizationCommand, frozen=True, kw_only=True):
    """Suspend it (暂停)."""


class RevokeOrganization(OrganizationCommand, frozen=True, kw_only=True):
    """Record that its registration was revoked, disposing of everything attached to it (撤销登记)."""

    dispositions: tuple[Disposition, ...] = ()

    @property
    def needs(self) -> Needs:
        """The organization, what is attached to it, and what is disposed of."""
        return _needs_of_ending(self, self.dispositions)


class DissolveOrganization(OrganizationCommand, frozen=True, kw_only=True):
    """Dissolve it, disposing of everything attached to it, singly or by rules per kind (注销)."""

    dispositions: tuple[Disposition, ...] = ()
    rules: tuple[KindRule, ...] = ()

    @property
    def needs(self) -> Needs:
        """The organization, what is attached to it, what is disposed of, and where rules move things."""
        moved = (rule.move_to for rule in self.rules if rule.move_to is not None)
        return _needs_of_ending(self, self.dispositions) | Needs(entities=frozenset(moved))


class OpenRelation(OrganizationCommand, frozen=True, kw_only=True):
    """Put it under a superior; with a single-parent hierarchy that moves it (建立隶属, 划转)."""

    hierarchy: Hierarchy
    superior: UUID
    until: date | None = None

    @property
    def needs(self) -> Needs:
        """Both ends."""
        return Needs(entities=frozenset({self.organization, self.superior, *self.cited}))


class CloseRelation(OrganizationCommand, frozen=True, kw_only=True):
    """Take it from under a superior (解除隶属)."""

    hierarchy: Hierarchy
    superior: UUID


class AssignIdentifier(OrganizationCommand, frozen=True, kw_only=True):
    """Record an identifier it bears; ``USCC`` is checked by GB 32100 (赋码)."""

    scheme: str
    value: str
    until: date | None = None

    @property
    def needs(self) -> Needs:
        """Who bears the identifier."""
        return Needs(
            entities=frozenset({self.organization, *self.cited}),
            identifiers=frozenset({(self.scheme, self.value)}),
        )


class WithdrawIdentifier(OrganizationCommand, frozen=True, kw_only=True):
    """Record that it no longer bears an identifier (标识注销)."""

    scheme: str


class GrantDesignation(OrganizationCommand, frozen=True, kw_only=True):
    """Record that it was named or certified something (授予称号)."""

    name: str
    until: date | None = None


class EndDesignation(OrganizationCommand, frozen=True, kw_only=True):
    """Record that a designation ended (终止称号)."""

    name: str


class RecordRegistration(OrganizationCommand, frozen=True, kw_only=True):
    """Record how it is registered as a legal person, instead of as before (登记)."""

    legal_form: LegalForm
    authority: str | None = None
    certificate: str | None = None
    domicile: str | None = None
    representative: UUID | None = None
    until: date | None = None

    @property
    def needs(self) -> Needs:
        """The organization and its representative."""
        return _needs_of_representative(self, self.representative)


class ChangeRepresentative(OrganizationCommand, frozen=True, kw_only=True):
    """Record another legal representative, or none for the time being (变更法定代表人)."""

    representative: UUID | None

    @property
    def needs(self) -> Needs:
        """The organization and its representative."""
        return _needs_of_representative(self, self.representative)


class CancelRegistration(OrganizationCommand, frozen=True, kw_only=True):
    """Record that it is no longer registered, though it goes on (注销登记)."""


class AdoptCharter(OrganizationCommand, frozen=True, kw_only=True):
    """Record a version of its charter from the day on which it applies (制定、修改章程)."""

    title: str
    adopted_on: date
    approved_on: date | None = None
    sha256: str | None = None


class ApproveCharter(OrganizationCommand, frozen=True, kw_only=True):
    """Record that its charter was approved on that day (核准章程)."""


class SetStaffing(OrganizationCommand, frozen=True, kw_only=True):
    """Record how many it may have and has: unset stays as it is, None becomes unknown (编制与实有人数)."""

    establishment: tuple[Quota, ...] | UnsetType | None = UNSET
    leadership_posts: int | UnsetType | None = UNSET
    leaders: int | UnsetType | None = UNSET
    headcount: int | UnsetType | None = UNSET


def _needs_of_representative(command: OrganizationCommand, representative: UUID | None) -> Needs:
    person = frozenset() if representative is None else frozenset({representative})
    return Needs(entities=frozenset({command.organization, *command.cited}) | person)


def _needs_of_ending(command: OrganizationCommand, dispositions: tuple[Disposition, ...]) -> Needs:
    sources = (disposition.source for disposition in dispositions)
    return Needs(
        entities=frozenset({command.organization, *sources, *command.cited}),
        references_to=frozenset({command.organization}),
    )
