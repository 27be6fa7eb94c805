"""Where an entity belongs: the organizations by whose place in the register rights to it go (归属). Pure.

An entity belongs where it stands today by what is believed now; if it stands nowhere today, where it will
stand first, or else where it stood last: what is planned or over has somebody who answers for it, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from registry.affiliation.events import AFFILIATE, AFFILIATED_WITH
from registry.appointment.events import APPOINTED_TO, APPOINTEE
from registry.consistency import fresh_references
from registry.figure.events import REPORTED_BY
from registry.function.events import HOLDS
from registry.grant.events import GRANTED_OVER
from registry.liaison.events import LIAISON_CADRE, LIAISON_SCIENTIST
from registry.mandate.events import MANDATED
from registry.measure.kinds import Role
from registry.membership.events import MEMBER, MEMBER_OF
from registry.organization.kinds import Hierarchy
from registry.participation.events import PARTICIPATES_IN
from registry.person.aliases import same_person
from registry.person.events import EMPLOYED_BY
from registry.post.events import POST_OF
from registry.programme.events import RUNS_PROGRAMME
from registry.reads import World, at_hand
from registry.references import Reference
from registry.secondment.events import HOME, HOST
from registry.term.events import TERM_OF
from registry.timeline import Entity

ORGANIZATION, PERSON = "organization", "person"

_PLACING: dict[str, frozenset[str]] = {
    ORGANIZATION: frozenset({Hierarchy.PART_OF}),
    PERSON: frozenset({EMPLOYED_BY}),
    "post": frozenset({POST_OF}),
    "term": frozenset({TERM_OF}),
    "appointment": frozenset({APPOINTED_TO}),
    "membership": frozenset({MEMBER_OF}),
    "affiliation": frozenset({AFFILIATED_WITH}),
    "participation": frozenset({PARTICIPATES_IN}),
    "figure": frozenset({REPORTED_BY}),
    "mandate": frozenset({MANDATED}),
    "programme": frozenset({RUNS_PROGRAMME}),
    "secondment": frozenset({HOME, HOST}),
    "liaison": frozenset({LIAISON_CADRE, LIAISON_SCIENTIST}),
    "function": frozenset({HOLDS}),
    "measure": frozenset(Role),
    "grant": frozenset({GRANTED_OVER}),
}
"""Which references say where an entity belongs. Nouns that are not here belong to the whole register."""

_HIERARCHIES = frozenset[str](Hierarchy)

_DRAWING = frozenset({APPOINTEE, MEMBER, AFFILIATE})
"""Which references let a person belong where what makes them does."""


def places_of(world: World, entity: Entity, today: date) -> frozenset[UUID]:
    """Return the organizations that ``entity`` belongs to; none for what belongs to the whole register."""
    if entity.noun.name == ORGANIZATION:
        return frozenset({entity.id})
    if entity.noun.name == PERSON:
        return _of_person(world, entity, today)
    return _reached(world, _standing(_placing(entity, entity.references), today), today)


def is_placed(entity: Entity) -> bool:
    """Say whether ``entity`` says of itself where it belongs, on any day."""
    return bool(_placing(entity, entity.references))


def places_ever(world: World, person: Entity) -> frozenset[UUID]:
    """Return every organization that a person ever belonged to, by any of their records."""
    found: set[UUID] = set()
    for record in _records_of(world, person):
        found.update(r.target for r in _placing(record, record.references))
        for source in _drawing(world, record.id):
            found.update(_reached(world, _placing(source, source.references), None))
    return frozenset(found)


def places_changed(world: World, before: Entity | None, after: Entity, today: date) -> frozenset[UUID]:
    """Return the organizations that something is placed in, or taken from, by becoming ``after``.

    To stand under an organization in any hierarchy is a claim on it; to stand there no more is one for
    PART_OF only. Employments that end are the person's.
    """
    made = fresh_references(before, after)
    if after.noun.name == ORGANIZATION:
        made = [r for r in made if r.kind in _HIERARCHIES]
    else:
        made = _placing(after, made)
    ended: list[Reference] = []
    if before is not None and after.noun.name != PERSON:
        ended = _placing(after, fresh_references(after, before))
    return _reached(world, (*made, *ended), today)


def is_under(world: World, place: UUID, roots: frozenset[UUID], today: date) -> bool:
    """Say whether ``place`` is one of ``roots``, or part of one."""
    step: UUID | None = place
    seen: set[UUID] = set()
    while step is not None and step not in seen:
        if step in roots:
            return True
        seen.add(step)
        above = _standing(list(world.superiors(step, Hierarchy.PART_OF)), today)
        step = above[0].target if above else None
    return False


def _placing(entity: Entity, references: Iterable[Reference]) -> list[Reference]:
    kinds = _PLACING.get(entity.noun.name, frozenset())
    return [reference for reference in references if reference.kind in kinds]


def _standing(references: Sequence[Reference], today: date) -> list[Reference]:
    """Return those of today, or the first of those to come, or the last of those that were."""
    now = [r for r in references if r.start <= today < r.end]
    if now or not references:
        return now
    to_come = [r for r in references if r.start > today]
    if to_come:
        first = min(r.start for r in to_come)
        return [r for r in to_come if r.start == first]
    last = max(r.end for r in references)
    return [r for r in references if r.end == last]


def _reached(world: World, references: Iterable[Reference], today: date | None) -> frozenset[UUID]:
    """Return the organizations that ``references`` lead to, through posts and people; ever, without a day."""
    found: set[UUID] = set()
    for reference in references:
        target = world.entity(reference.target)
        if target is None:
            continue
        if today is not None:
            found |= places_of(world, target, today)
        elif target.noun.name == ORGANIZATION:
            found.add(target.id)
        else:
            found |= _reached(world, _placing(target, target.references), None)
    return frozenset(found)


def _of_person(world: World, person: Entity, today: date) -> frozenset[UUID]:
    """Return where a person works, holds a post, is a member or has an affiliation today, by any record."""
    found: set[UUID] = set()
    for record in _records_of(world, person):
        found.update(r.target for r in _placing(record, record.references) if r.start <= today < r.end)
        for source in _drawing(world, record.id):
            there = [r for r in _placing(source, source.references) if r.start <= today < r.end]
            found |= _reached(world, there, today)
    return frozenset(found)


def _records_of(world: World, person: Entity) -> list[Entity]:
    found = (world.entity(record) for record in same_person(world, person.id))
    return [entity for entity in found if entity is not None]


def _drawing(world: World, person: UUID) -> Iterator[Entity]:
    """Yield what draws a person somewhere: appointments, memberships, affiliations of any day."""
    sources = dict.fromkeys(r.source for r in world.references_to(person) if r.kind in _DRAWING)
    at_hand(partial(world.entity, source) for source in sources)
    for source in sources:
        entity = world.entity(source)
        if entity is not None:
            yield entity
