"""Rows of memberships (会员). Pure."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from graphql_api.imports.identities import Look
from graphql_api.imports.rows import Row
from graphql_api.imports.saying import Changes, Intent, Kinds, check_period, event_of, stamp
from graphql_api.imports.wrong import Wrong, WrongError
from registry.ids import MEMBERSHIP_SCHEME
from registry.membership import commands as c
from registry.membership import events as e
from registry.membership.kinds import MembershipEnd, MembershipStatus
from registry.membership.state import Membership
from registry.reads import Needs, NotAtHand
from registry.time import FOREVER
from registry.timeline import Entity

Named = tuple[str, str, str]
"""A noun, a code, and the column that it stands in."""

_STATUSES = {
    MembershipStatus.SUSPENDED: c.SuspendMembership,
    MembershipStatus.ADMITTED: c.ResumeMembership,
}


def membership(row: Row, look: Look) -> list[Intent]:
    """Return what a row of a membership comes to, its end included."""
    check_period(row)
    day = row.day.on
    noun = "person" if row.get("member_class").individual else "organization"
    there = ("organization", row.get("organization"), "organization")
    who = (noun, row.get("member"), "member")
    try:
        organization, member = look.required_all(day, there, who)
    except NotAtHand as asked:
        raise NotAtHand(asked.needs | _meant(look, day, there, who)) from None
    entity = _known(row, look, organization, member)
    if entity is None:
        return _admitting(row, look, organization, member)
    changes = Changes(entity, row, look)
    state = _state_on(entity, row, changes)
    _reclassify(row, state, changes)
    status = row.get("status")
    if status in _STATUSES and status is not state.status:
        changes.send("status", _STATUSES[status](**changes.stamp, membership=entity.id))
    _end(row, look, changes)
    return changes.intents()


def _meant(look: Look, day: date, there: Named, who: Named) -> Needs:
    """Return what will be asked of the two next, if it can be told already who they are."""
    try:
        organization, member = look.meant(*there, day), look.meant(*who, day)
    except NotAtHand:
        return Needs()
    return Needs(identifiers=frozenset({(MEMBERSHIP_SCHEME, f"{organization}/{member}")}))


def _known(row: Row, look: Look, organization: UUID, member: UUID) -> Entity | None:
    """Return the membership that the row is about: the one of the two that shares a day with it."""
    if row.get("id") is not None:
        return look.standing(look.required("membership", row.get("id"), "id", row.day.on))
    last = FOREVER if row.end is None else row.end.on
    for bearer in look.world.bearers(MEMBERSHIP_SCHEME, f"{organization}/{member}"):
        if bearer.start < last and row.day.on < bearer.end:
            return look.standing(bearer.entity)
    return None


def _admitting(row: Row, look: Look, organization: UUID, member: UUID) -> list[Intent]:
    identity = look.made("membership", organization, member, row.day.on)
    given = stamp(row, look)
    admission: dict[str, Any] = {
        "member": member,
        "organization": organization,
        "member_class": row.get("member_class"),
    }
    status = row.get("status")
    if status is MembershipStatus.APPLIED:
        found = [Intent("member", c.ApplyForMembership(**given, membership=identity, **admission))]
    else:
        command = c.AdmitMember(**given, membership=identity, **admission, number=row.get("number"))
        found = [Intent("member", command)]
    if status is MembershipStatus.SUSPENDED:
        found.append(Intent("status", c.SuspendMembership(**given, membership=identity)))
    if row.end is not None:
        found.append(Intent("to", _ending(row, look, identity)))
    return found


def _ending(row: Row, look: Look, identity: UUID) -> c.EndMembership:
    reason = row.get("end_reason") or MembershipEnd.OTHER
    return c.EndMembership(**stamp(row, look, row.end), membership=identity, end_reason=reason)


def _state_on(entity: Entity, row: Row, changes: Changes) -> Membership:
    first = entity.timeline.segments[0]
    if row.day.on < first.start:
        said = event_of(entity, (e.MembershipAdmitted, e.MembershipApplied))
        assert said is not None
        changes.move("from", said, row.day)
        beginning: Membership = first.state
        return beginning
    state = entity.timeline.at(row.day.on)
    if not isinstance(state, Membership) or state.status is MembershipStatus.ENDED:
        details = {"noun": "membership 会员资格", "value": row.get("member"), "date": row.day.on}
        raise WrongError(Wrong.NOT_THERE, "from", **details)
    return state


def _reclassify(row: Row, state: Membership, changes: Changes) -> None:
    wanted = row.get("member_class")
    number = row.get("number") if row.says("number") else state.number
    if (wanted, number) == (state.member_class, state.number):
        return
    given: dict[str, Any] = {"member_class": wanted} | ({"number": number} if row.says("number") else {})
    command = c.ReclassifyMembership(**changes.stamp, membership=changes.entity.id, **given)
    applied = {"member_class": wanted}
    kinds: Kinds = {
        e.MembershipAdmitted: given,
        e.MembershipReclassified: given,
        e.MembershipApplied: applied,
    }
    changes.say("member_class" if wanted is not state.member_class else "number", kinds, command)


def _end(row: Row, look: Look, changes: Changes) -> None:
    if row.end is None:
        return
    there = event_of(changes.entity, (e.MembershipEnded,))
    if there is None:
        changes.send("to", _ending(row, look, changes.entity.id))
        return
    if there.event.effective_on != row.end.on:
        changes.move("to", there, row.end)
    reason = row.get("end_reason")
    if reason is not None and reason is not there.event.end_reason:
        changes.amend("end_reason", there, end_reason=reason)
