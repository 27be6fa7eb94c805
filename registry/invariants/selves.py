"""What a person is once at a time, whichever record of the person says it (同一人员的约束). Pure.

A person has one Party affiliation, is a member of an organization once, and takes part in a Party
organization once. The identifiers of these relations hold that for one record; here it is held for all the
records of one person, when a relation is recorded and when records are merged.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from registry.errors import Code, Refusal
from registry.ids import AFFILIATION_SCHEME, MEMBERSHIP_SCHEME, PARTICIPATION_SCHEME, UNTOLD_SCHEMES
from registry.invariants.change import Change, fresh_identifiers
from registry.person.aliases import absorbed_by, merged_into, same_person
from registry.person.state import PERSON
from registry.reads import World
from registry.time import Period
from registry.timeline import Entity

_ONCE = {
    MEMBERSHIP_SCHEME: Code.ALREADY_MEMBER,
    AFFILIATION_SCHEME: Code.ALREADY_AFFILIATED,
    PARTICIPATION_SCHEME: Code.ALREADY_PARTICIPATES,
}
"""Schemes whose values end in the id of a person, or are that."""

Borne = tuple[date, date, tuple[str, str]]


def check_selves(world: World, change: Change) -> None:
    """Refuse a second relation of one kind of one person, by whichever of the person's records."""
    before, after = change.before, change.after
    if after.noun is PERSON:
        if before is not None and _merged(before) != _merged(after):
            for source in _relations(world, same_person(world, after.id)):
                _check(world, source, source.identifiers)
        return
    _check(world, after, fresh_identifiers(change))


def _merged(person: Entity) -> tuple[object, ...]:
    return merged_into(person), absorbed_by(person)


def _relations(world: World, records: Iterable[UUID]) -> Iterable[Entity]:
    """Yield what points at any of the records of a person, in order."""
    references = (reference for record in records for reference in world.references_to(record))
    for source in dict.fromkeys(r.source for r in sorted(references, key=lambda r: (r.position, r.source))):
        entity = world.entity(source)
        if entity is not None:
            yield entity


def _check(world: World, source: Entity, borne: Iterable[Borne]) -> None:
    for start, end, (scheme, value) in borne:
        if scheme not in _ONCE:
            continue
        place, slash, person = value.rpartition("/")
        for record in same_person(world, UUID(person)):
            other = f"{place}{slash}{record}"
            for bearer in sorted(world.bearers(scheme, other) if other != value else ()):
                common = Period(start, end).overlap(Period(bearer.start, bearer.end))
                if bearer.entity != source.id and common is not None:
                    raise Refusal(
                        _ONCE[scheme],
                        scheme=scheme,
                        value="…" if scheme in UNTOLD_SCHEMES else other,
                        holder=bearer.entity,
                        start=common.start,
                        end=common.end,
                    )
