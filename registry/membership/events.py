"""What can happen to a membership (会员资格事件).

What is free text here may be about a person, and is sealed with the key of the member.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from msgspec import UNSET, UnsetType

from registry.events import Event
from registry.membership.kinds import MemberClass, MembershipEnd

MEMBER_OF = "MEMBER_OF"
"""The kind of reference from a membership to the organization whose member someone is (所在组织)."""

MEMBER = "MEMBER"
"""The kind of reference from a membership to the person or organization that is a member (会员)."""


class MembershipEvent(Event, frozen=True, kw_only=True):
    """Something that happened to a membership."""

    personal: ClassVar[frozenset[str]] = frozenset({"reason"})


class MembershipApplied(MembershipEvent, frozen=True, kw_only=True):
    """Someone applied to become a member (申请入会)."""

    topic: ClassVar[str] = "membership.applied"

    member: UUID
    organization: UUID
    member_class: MemberClass
    illustrative: bool = False


class MembershipAdmitted(MembershipEvent, frozen=True, kw_only=True):
    """Someone became a member, after an application or without one on record (批准入会, 纳入)."""

    topic: ClassVar[str] = "membership.admitted"

    member: UUID
    organization: UUID
    member_class: MemberClass
    number: str | None = None
    illustrative: bool = False


class MembershipSuspended(MembershipEvent, frozen=True, kw_only=True):
    """The rights of the member rest (暂停会籍)."""

    topic: ClassVar[str] = "membership.suspended"


class MembershipResumed(MembershipEvent, frozen=True, kw_only=True):
    """The suspension is over (恢复会籍)."""

    topic: ClassVar[str] = "membership.resumed"


class MembershipReclassified(MembershipEvent, frozen=True, kw_only=True):
    """The member is of another class; the number stays unless it is given (变更会员类别)."""

    topic: ClassVar[str] = "membership.reclassified"

    member_class: MemberClass
    number: str | UnsetType | None = UNSET


class MembershipTransferred(MembershipEvent, frozen=True, kw_only=True):
    """The membership goes on in another organization, under a number of that one (会籍转移)."""

    topic: ClassVar[str] = "membership.transferred"

    organization: UUID
    number: str | None = None


class MembershipEnded(MembershipEvent, frozen=True, kw_only=True):
    """The membership or the application ended (会籍终止)."""

    topic: ClassVar[str] = "membership.ended"

    end_reason: MembershipEnd = MembershipEnd.OTHER


EVENTS: tuple[type[Event], ...] = (
    MembershipApplied,
    MembershipAdmitted,
    MembershipSuspended,
    MembershipResumed,
    MembershipReclassified,
    MembershipTransferred,
    MembershipEnded,
)
