"""A membership as folded from its facts (会员资格状态). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from msgspec import UNSET, Struct
from msgspec.structs import replace

from registry.errors import Code
from registry.events import Event, Fact
from registry.ids import MEMBER_NUMBER_SCHEME, MEMBERSHIP_SCHEME
from registry.membership import events as e
from registry.membership.bonds import BONDS
from registry.membership.kinds import MemberClass, MembershipEnd, MembershipStatus
from registry.references import Target
from registry.timeline import Conflict, Noun


class Membership(Struct, frozen=True, gc=False, kw_only=True):
    """What is so of one membership for a period.

    ``member_said`` and ``organization_said`` are the positions of the facts that name its ends, ``position``
    and ``instrument`` are of the last change.
    """

    member: UUID
    organization: UUID
    member_class: MemberClass
    status: MembershipStatus
    number: str | None
    illustrative: bool
    position: int
    instrument: UUID | None
    member_said: int
    organization_said: int
    admitted_on: date | None = None
    end_reason: MembershipEnd | None = None


def _opened(state: Membership | None, fact: Fact) -> Membership | Conflict:
    """Return the membership that an application or an admission begins, or an application admitted.

    An admission says all of it again, also where it differs from what was applied for: each of the two can be
    corrected without the other.
    """
    event = fact.event
    assert isinstance(event, e.MembershipApplied | e.MembershipAdmitted)
    admitted = isinstance(event, e.MembershipAdmitted)
    if state is not None and not (admitted and state.status is MembershipStatus.APPLIED):
        return Conflict(Code.ALREADY_EXISTS, fact, {})
    return Membership(
        member=event.member,
        organization=event.organization,
        member_class=event.member_class,
        status=MembershipStatus.ADMITTED if admitted else MembershipStatus.APPLIED,
        number=event.number if isinstance(event, e.MembershipAdmitted) else None,
        illustrative=event.illustrative,
        position=fact.position,
        instrument=event.instrument,
        member_said=fact.position,
        organization_said=fact.position,
        admitted_on=event.effective_on if admitted else None,
    )


def _changed(state: Membership, fact: Fact) -> Membership:
    return replace(state, position=fact.position, instrument=fact.event.instrument)


def _suspended(state: Membership, fact: Fact) -> Membership | Conflict:
    return _turned(state, fact, MembershipStatus.SUSPENDED)


def _resumed(state: Membership, fact: Fact) -> Membership | Conflict:
    return _turned(state, fact, MembershipStatus.ADMITTED)


def _turned(state: Membership, fact: Fact, status: MembershipStatus) -> Membership | Conflict:
    """Return an admitted membership in another status; an application can neither rest nor resume."""
    if state.status is MembershipStatus.APPLIED:
        details = {"status": state.status, "date": fact.event.effective_on}
        return Conflict(Code.NOT_ALLOWED_IN_STATUS, fact, details)
    return state if state.status is status else replace(_changed(state, fact), status=status)


def _reclassified(state: Membership, fact: Fact) -> Membership:
    event = fact.event
    assert isinstance(event, e.MembershipReclassified)
    number = state.number if event.number is UNSET else event.number
    if (event.member_class, number) == (state.member_class, state.number):
        return state
    return replace(_changed(state, fact), member_class=event.member_class, number=number)


def _transferred(state: Membership, fact: Fact) -> Membership:
    event = fact.event
    assert isinstance(event, e.MembershipTransferred)
    if event.organization == state.organization:
        return state
    return replace(
        _changed(state, fact),
        organization=event.organization,
        number=event.number,
        organization_said=fact.position,
    )


def _ended(state: Membership, fact: Fact) -> Membership:
    event = fact.event
    assert isinstance(event, e.MembershipEnded)
    return replace(_changed(state, fact), status=MembershipStatus.ENDED, end_reason=event.end_reason)


_EVOLVE: dict[type[Event], Callable[[Membership, Fact], Membership | Conflict]] = {
    e.MembershipSuspended: _suspended,
    e.MembershipResumed: _resumed,
    e.MembershipReclassified: _reclassified,
    e.MembershipTransferred: _transferred,
    e.MembershipEnded: _ended,
}


def evolve(state: Membership | None, fact: Fact) -> Membership | Conflict:
    """Return the membership after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.MembershipApplied | e.MembershipAdmitted):
        return _opened(state, fact)
    if state is None or not alive(state):
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    return _EVOLVE[type(event)](state, fact)


def lapse(state: Membership, _fact: Fact) -> Membership:
    """Return the state unchanged: no fact of a membership ends by itself."""
    return state


def alive(state: Membership) -> bool:
    """Say whether someone is a member, or has applied to be one."""
    return state.status is not MembershipStatus.ENDED


def targets(state: Membership) -> Iterable[Target]:
    """Yield the organization and the member."""
    if not alive(state):
        return ()
    return (
        Target(e.MEMBER_OF, state.organization, state.organization_said),
        Target(e.MEMBER, state.member, state.member_said),
    )


def identifiers(state: Membership) -> Iterable[tuple[str, str]]:
    """Yield what is unique among the living: a member of an organization, and a number of its."""
    if not alive(state):
        return ()
    there = (MEMBERSHIP_SCHEME, f"{state.organization}/{state.member}")
    if state.number is None:
        return (there,)
    return (there, (MEMBER_NUMBER_SCHEME, f"{state.organization}/{state.number}"))


MEMBERSHIP = Noun("membership", e.EVENTS, evolve, lapse, alive, targets, identifiers, BONDS)
