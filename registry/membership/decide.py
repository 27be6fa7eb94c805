"""Decisions about memberships (会员资格决策). Pure."""

from __future__ import annotations

from msgspec import UNSET
from msgspec.structs import asdict

from registry.commands import Draft
from registry.errors import Code, Refusal
from registry.events import Event
from registry.membership import commands as c
from registry.membership import events as e
from registry.membership.kinds import MembershipStatus
from registry.membership.state import MEMBERSHIP, Membership, alive
from registry.reads import World, require, require_absent


def apply(command: c.ApplyForMembership, world: World) -> list[Draft]:
    """Record the application."""
    require_absent(world, command.membership, MEMBERSHIP)
    event = e.MembershipApplied(
        member=command.member,
        organization=command.organization,
        member_class=command.member_class,
        illustrative=command.illustrative,
        **asdict(command.stamp),
    )
    return _one(command, event)


def admit(command: c.AdmitMember, world: World) -> list[Draft]:
    """Admit; quiet when it is a member just so, refused when another one or elsewhere had applied."""
    entity = world.entity(command.membership)
    if entity is not None and entity.noun is MEMBERSHIP and entity.timeline.steps:
        state = _living(command, world)
        said = (command.member, command.organization, command.member_class, command.number)
        if said == (state.member, state.organization, state.member_class, state.number) and (
            state.status is MembershipStatus.ADMITTED
        ):
            return []
        _check_application(command, state)
    else:
        require_absent(world, command.membership, MEMBERSHIP)
    event = e.MembershipAdmitted(
        member=command.member,
        organization=command.organization,
        member_class=command.member_class,
        number=command.number,
        illustrative=command.illustrative,
        **asdict(command.stamp),
    )
    return _one(command, event)


def _check_application(command: c.AdmitMember, state: Membership) -> None:
    """Refuse to admit whoever is a member already, or anyone but the applicant to where it applied."""
    if state.status is not MembershipStatus.APPLIED:
        raise Refusal(Code.ALREADY_EXISTS, id=command.membership)
    for field in ("member", "organization"):
        if getattr(command, field) != getattr(state, field):
            problem = f"the application says {getattr(state, field)} (与申请不符)"
            raise Refusal(Code.INVALID_INPUT, field=field, problem=problem)


def suspend(command: c.SuspendMembership, world: World) -> list[Draft]:
    """Suspend; quiet when it is suspended."""
    if _living(command, world).status is MembershipStatus.SUSPENDED:
        return []
    return _one(command, e.MembershipSuspended(**asdict(command.stamp)))


def resume(command: c.ResumeMembership, world: World) -> list[Draft]:
    """Resume; quiet when it is not suspended."""
    if _living(command, world).status is MembershipStatus.ADMITTED:
        return []
    return _one(command, e.MembershipResumed(**asdict(command.stamp)))


def reclassify(command: c.ReclassifyMembership, world: World) -> list[Draft]:
    """Reclassify; quiet when it is of that class, with that number, already."""
    state = _living(command, world)
    number = state.number if command.number is UNSET else command.number
    if (state.member_class, state.number) == (command.member_class, number):
        return []
    event = e.MembershipReclassified(
        member_class=command.member_class, number=command.number, **asdict(command.stamp)
    )
    return _one(command, event)


def transfer(command: c.TransferMembership, world: World) -> list[Draft]:
    """Transfer; quiet when it is there already."""
    if _living(command, world).organization == command.organization:
        return []
    event = e.MembershipTransferred(
        organization=command.organization, number=command.number, **asdict(command.stamp)
    )
    return _one(command, event)


def end(command: c.EndMembership, world: World) -> list[Draft]:
    """End; quiet when it ended before that day for the same reason."""
    state = require(world, command.membership, MEMBERSHIP).timeline.at(command.effective_on)
    if isinstance(state, Membership) and state.end_reason is command.end_reason:
        return []
    _living(command, world)
    return _one(command, e.MembershipEnded(end_reason=command.end_reason, **asdict(command.stamp)))


def _living(command: c.MembershipCommand, world: World) -> Membership:
    state = require(world, command.membership, MEMBERSHIP).timeline.at(command.effective_on)
    if not isinstance(state, Membership) or not alive(state):
        raise Refusal(Code.NOT_ALIVE, id=command.membership, date=command.effective_on)
    return state


def _one(command: c.MembershipCommand, event: Event) -> list[Draft]:
    return [Draft(command.membership, event)]
