"""What a person has once they have once by all their records together (一人一项约束). Pure.

That one record holds a post once, is a member of an organization once and so on is held elsewhere, by keys.
A key names a record, so it does not see what another record of the same person has.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from registry.affiliation.events import AFFILIATE
from registry.appointment.events import APPOINTED_TO, APPOINTEE
from registry.errors import Code, Refusal
from registry.invariants.change import Change
from registry.membership.events import MEMBER, MEMBER_OF
from registry.participation.events import PARTICIPANT, PARTICIPATES_IN
from registry.person.aliases import merged_into, same_person
from registry.person.state import PERSON
from registry.reads import World
from registry.references import Reference

_ONCE: dict[str, str | None] = {
    APPOINTEE: APPOINTED_TO,
    MEMBER: MEMBER_OF,
    AFFILIATE: None,
    PARTICIPANT: PARTICIPATES_IN,
}
"""By the kind of reference to a person: that by which its source says what it is about, if anything."""

Having = tuple[str, UUID | None, Reference]
"""A kind of reference to a person, what its source is about, and the source with the days on which it is."""


def check_alone(world: World, change: Change) -> None:
    """Refuse ONE_PERSON_TWICE for what two records of one person would have at the same time."""
    if change.after.noun is PERSON:
        if merged_into(change.after) is not None:
            _check(world, change.after.id, _had(world, change.after.id))
        return
    for reference in change.after.references:
        if reference.kind in _ONCE:
            _check(world, reference.target, _about(world, reference))


def _check(world: World, record: UUID, having: Iterator[Having]) -> None:
    """Compare what one record of a person has with what the others have; most people have no others."""
    others = [other for other in same_person(world, record) if other != record]
    theirs = [had for other in others for had in _had(world, other)]
    if not theirs:
        return
    for kind, about, reference in having:
        for their_kind, their_about, their in theirs:
            common = reference.period.overlap(their.period)
            if (kind, about) == (their_kind, their_about) and common is not None:
                raise Refusal(
                    Code.ONE_PERSON_TWICE,
                    reference=kind,
                    first=reference.source,
                    second=their.source,
                    start=common.start,
                    end=common.end,
                )


def _had(world: World, record: UUID) -> Iterator[Having]:
    for reference in sorted(world.references_to(record), key=_recorded):
        if reference.kind in _ONCE:
            yield from _about(world, reference)


def _about(world: World, reference: Reference) -> Iterator[Having]:
    """Yield what the source of a reference to a person is about, and when."""
    kind = _ONCE[reference.kind]
    if kind is None:
        yield reference.kind, None, reference
        return
    source = world.entity(reference.source)
    assert source is not None
    for about in source.references:
        common = about.period.overlap(reference.period)
        if about.kind == kind and common is not None:
            yield reference.kind, about.target, about._replace(start=common.start, end=common.end)


def _recorded(reference: Reference) -> tuple[int, UUID]:
    return reference.position, reference.source
