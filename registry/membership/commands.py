"""What one may ask of a membership (会员资格命令)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from msgspec import UNSET, UnsetType

from registry.commands import Command
from registry.ids import MEMBER_NUMBER_SCHEME, MEMBERSHIP_SCHEME
from registry.membership.kinds import MemberClass, MembershipEnd
from registry.reads import Needs


class MembershipCommand(Command, frozen=True, kw_only=True):
    """A command to one membership."""

    membership: UUID

    @property
    def subject(self) -> UUID:
        """The membership."""
        return self.membership


class ApplyForMembership(MembershipCommand, frozen=True, kw_only=True):
    """Record that a person or an organization applied to become a member (申请入会)."""

    opens: ClassVar[bool] = True

    member: UUID
    organization: UUID
    member_class: MemberClass
    illustrative: bool = False

    @property
    def needs(self) -> Needs:
        """Both ends, and whether it is a member already."""
        return _needs_of_joining(self, self.member, self.organization, None)


class AdmitMember(MembershipCommand, frozen=True, kw_only=True):
    """Make a person or an organization a member, on its application or without one (批准入会, 纳入)."""

    opens: ClassVar[bool] = True

    member: UUID
    organization: UUID
    member_class: MemberClass
    number: str | None = None
    illustrative: bool = False

    @property
    def needs(self) -> Needs:
        """Both ends, whether it is a member already, and who has the number."""
        return _needs_of_joining(self, self.member, self.organization, self.number)


class SuspendMembership(MembershipCommand, frozen=True, kw_only=True):
    """Let the member's rights rest (暂停会籍)."""


class ResumeMembership(MembershipCommand, frozen=True, kw_only=True):
    """End the suspension (恢复会籍)."""


class ReclassifyMembership(MembershipCommand, frozen=True, kw_only=True):
    """Put the member into another class; the number stays unless given, None takes it away (变更类别)."""

    member_class: MemberClass
    number: str | UnsetType | None = UNSET


class TransferMembership(MembershipCommand, frozen=True, kw_only=True):
    """Carry the membership on in another organization, in one act (会籍转移)."""

    organization: UUID
    number: str | None = None

    @property
    def needs(self) -> Needs:
        """The membership, and where it goes."""
        return Needs(entities=frozenset({self.membership, self.organization, *self.cited}))


class EndMembership(MembershipCommand, frozen=True, kw_only=True):
    """End the membership or the application (退会, 除名, 不予批准)."""

    end_reason: MembershipEnd


def _needs_of_joining(
    command: MembershipCommand, member: UUID, organization: UUID, number: str | None
) -> Needs:
    pairs = {(MEMBERSHIP_SCHEME, f"{organization}/{member}")}
    if number is not None:
        pairs.add((MEMBER_NUMBER_SCHEME, f"{organization}/{number}"))
    return Needs(
        entities=frozenset({command.membership, member, organization, *command.cited}),
        identifiers=frozenset(pairs),
    )
