"""Nobody sits where there is no seat, and nobody sits twice (席位约束). Pure.

Holders and seats are compared over the whole timelines that result. So an appointment recorded late, an
amended date and a lowered number of seats are held to the same rule as an appointment of today.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from registry.appointment.events import APPOINTED_TO, APPOINTEE
from registry.appointment.state import APPOINTMENT
from registry.errors import Code, Refusal
from registry.invariants.change import Change, other_references
from registry.person.aliases import merged_into, same_person
from registry.person.state import PERSON
from registry.post.state import POST
from registry.reads import World, at_hand
from registry.references import Reference
from registry.time import Period, within


def check_seats(world: World, changes: Sequence[Change]) -> None:
    """Refuse SEATS_TAKEN or ALREADY_HOLDS for what ``changes`` bring about in ``world``.

    They are looked at together: a congress is elected by one command, and its seats are counted once.
    """
    posts: dict[UUID, None] = {}
    _look_up(world, [change for change in changes if change.after.noun is APPOINTMENT])
    for change in changes:
        if change.after.noun is POST:
            posts[change.after.id] = None
        elif change.after.noun is APPOINTMENT:
            posts.update((reference.target, None) for reference in _prolonged(change, APPOINTED_TO))
            _check_once(world, change)
        elif change.after.noun is PERSON:
            _check_merged(world, change)
    for post in posts:
        _check_holders(world, post)


def _prolonged(change: Change, kind: str) -> Iterator[Reference]:
    """Yield the references of ``kind`` on days on which the entity did not point there before."""
    known = () if change.before is None else change.before.references
    for reference in other_references(change.before, change.after):
        if reference.kind != kind:
            continue
        before = tuple(r.period for r in known if (r.kind, r.target) == (kind, reference.target))
        if not within(reference.period, before):
            yield reference


def _check_holders(world: World, identity: UUID) -> None:
    """Refuse more holders than seats on any day of the post."""
    post = world.entity(identity)
    assert post is not None
    holders = [r for r in world.references_to(identity) if r.kind == APPOINTED_TO]
    for start, end, state in post.timeline.segments:
        if state.abolished or state.seats is None:
            continue
        days = Period(start, end)
        here = [r for r in holders if r.period.overlap(days) is not None]
        if len(here) > state.seats:
            _check_days(identity, state.seats, days, here)


def _check_days(post: UUID, seats: int, days: Period, holders: list[Reference]) -> None:
    """Refuse the first of ``days`` on which there are too many of ``holders``."""
    turns: dict[date, int] = {}
    for holder in holders:
        begins = max(holder.start, days.start)
        turns[begins] = turns.get(begins, 0) + 1
        turns[holder.end] = turns.get(holder.end, 0) - 1
    count = 0
    for day in sorted(turns):
        count += turns[day]
        if count > seats:
            raise Refusal(Code.SEATS_TAKEN, post=post, date=day, seats=seats, holders=count)


def _look_up(world: World, changes: Sequence[Change]) -> None:
    """Ask at once what all the appointed hold: if the end of a term is taken back, a congress sits again."""
    if len(changes) < 2:  # noqa: PLR2004 - one is asked for where it is checked
        return
    persons = dict.fromkeys(person for change in changes if _lasts(change) for person in _appointed(change))
    at_hand(partial(list, _held_by(world, person)) for person in persons)


def _lasts(change: Change) -> bool:
    """Say whether an appointment has days, or is of somebody, for which it was not there before."""
    return any(True for kind in (APPOINTED_TO, APPOINTEE) for _ in _prolonged(change, kind))


def _appointed(change: Change) -> list[UUID]:
    return [r.target for r in change.after.references if r.kind == APPOINTEE]


def _check_once(world: World, change: Change) -> None:
    """Refuse an appointment of somebody who holds that post at the time by another one."""
    if not _lasts(change):
        return
    mine = [r for r in change.after.references if r.kind == APPOINTED_TO]
    for person in _appointed(change):
        for other in _held_by(world, person):
            for reference in mine:
                _check_apart(person, reference, other)


def _check_merged(world: World, change: Change) -> None:
    """Refuse a merger of records by both of which the person holds a post at a time."""
    into = merged_into(change.after)
    if into is None or (change.before is not None and merged_into(change.before) == into):
        return
    held = list(_held_by(world, change.after.id))
    for index, reference in enumerate(held):
        for other in held[:index]:
            _check_apart(into, reference, other)


def _check_apart(person: UUID, one: Reference, other: Reference) -> None:
    """Refuse that by two appointments somebody holds one post on one day."""
    common = one.period.overlap(other.period)
    if one.source != other.source and one.target == other.target and common is not None:
        raise Refusal(
            Code.ALREADY_HOLDS,
            person=person,
            post=one.target,
            appointment=other.source,
            start=common.start,
            end=common.end,
        )


def _held_by(world: World, person: UUID) -> Iterator[Reference]:
    """Yield the references to posts of every appointment of the person, under whatever record."""
    for record in same_person(world, person):
        for appointee in sorted(world.references_to(record), key=_recorded):
            if appointee.kind == APPOINTEE:
                appointment = world.entity(appointee.source)
                assert appointment is not None
                yield from (r for r in appointment.references if r.kind == APPOINTED_TO)


def _recorded(reference: Reference) -> tuple[int, UUID]:
    return reference.position, reference.source
