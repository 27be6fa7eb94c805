"""Who may be a member of whom at every date: kinds and classes fit, nobody joins itself (会员约束). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from registry.errors import Code, Refusal
from registry.invariants.change import Change
from registry.membership.events import MEMBER, MEMBER_OF
from registry.membership.kinds import MemberClass, joins
from registry.membership.state import MEMBERSHIP, Membership, alive
from registry.organization.kinds import Kind
from registry.organization.state import ORGANIZATION, Organization
from registry.reads import World
from registry.time import Period, within
from registry.timeline import Entity, spans

Said = tuple[UUID, UUID, MemberClass]
"""The organization, the member and its class."""


def check_members(world: World, change: Change) -> None:
    """Refuse MEMBER_KINDS and CYCLE for memberships that the change makes, or makes wrong."""
    for days, said in _touched(world, change):
        _check_kinds(world, said, days)
        _check_circle(world, said, days)


def _said(state: Membership) -> Iterable[Said]:
    return ((state.organization, state.member, state.member_class),) if alive(state) else ()


def _touched(world: World, change: Change) -> Iterable[tuple[Period, Said]]:
    """Yield what a membership says on more days than before, or all of an organization of another kind."""
    before, after = change.before, change.after
    if after.noun is MEMBERSHIP:
        known = [] if before is None else _terms(before)
        for days, said in _terms(after):
            if not any(said == other and within(days, (period,)) for period, other in known):
                yield days, said
    elif after.noun is ORGANIZATION and before is not None and _kinds(before) != _kinds(after):
        for reference in world.references_to(after.id):
            source = world.entity(reference.source)
            if source is not None and source.noun is MEMBERSHIP:
                yield from _terms(source)


def _terms(membership: Entity) -> list[tuple[Period, Said]]:
    """Return what a membership says, and when."""
    return [(Period(start, end), said) for start, end, said in spans(membership.timeline, _said)]


def _kinds(organization: Entity) -> list[tuple[object, ...]]:
    return [tuple(span) for span in spans(organization.timeline, _kind)]


def _kind(state: Organization) -> tuple[Kind]:
    return (state.kind,)


def _check_kinds(world: World, said: Said, days: Period) -> None:
    organization, member, member_class = said
    for there in _kinds_on(world, organization, days):
        for who in _kinds_on(world, member, days):
            if there is not None and not joins(there, who, member_class):
                raise Refusal(
                    Code.MEMBER_KINDS,
                    member=member,
                    member_kind=who or "PERSON",
                    member_class=member_class,
                    organization=organization,
                    organization_kind=there,
                )


def _kinds_on(world: World, identity: UUID, days: Period) -> set[Kind | None]:
    """Return the kinds that an organization has during ``days``; None stands for a person."""
    entity = world.entity(identity)
    if entity is None or entity.noun is not ORGANIZATION:
        return {None}
    states = (segment.state for segment in entity.timeline.overlapping(days))
    return {state.kind for state in states if isinstance(state, Organization)}


def _check_circle(world: World, said: Said, days: Period) -> None:
    """Refuse CYCLE when the organization is, through others or not, a member of its own member."""
    organization, member, member_class = said
    if member_class.individual:
        return
    trail: list[tuple[UUID, Period, tuple[UUID, ...]]] = [(organization, days, (organization,))]
    while trail:
        node, period, path = trail.pop()
        if node == member:
            shown = " → ".join(str(step) for step in (member, *path))
            raise Refusal(Code.CYCLE, child=member, hierarchy=MEMBER_OF, path=shown)
        for joined, shared in _joined(world, node, period):
            if joined not in path:
                trail.append((joined, shared, (*path, joined)))


def _joined(world: World, member: UUID, days: Period) -> Iterable[tuple[UUID, Period]]:
    """Yield what an organization is a member of during ``days``, and when."""
    for reference in world.references_to(member):
        source = world.entity(reference.source)
        if reference.kind != MEMBER or source is None:
            continue
        for start, end, (organization, who, _) in spans(source.timeline, _said):
            shared = days.overlap(Period(start, end))
            if who == member and shared is not None:
                yield organization, shared
