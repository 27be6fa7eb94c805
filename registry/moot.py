"""Dispositions that have lost what they disposed of (失去对象的处置). Pure.

The dissolution of a department moved one of its units elsewhere, as a consequence; then it is recorded that the unit
had left before, or had never been there. Nobody decided that it be moved from where it was: the move was about its
place in that department only, and goes with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from registry.commands import Draft
from registry.correction.acts import Consequence, retractions
from registry.correction.chain import content_of
from registry.events import Event
from registry.function.events import FunctionReleased, FunctionTransferred
from registry.organization.events import RelationClosed, RelationOpened
from registry.reads import World
from registry.supposition import Supposition
from registry.timeline import Entity, Reference


def moot(world: World, drafts: Sequence[Draft], reason: str | None) -> list[Draft]:
    """Return the retraction of every disposition on the streams of ``drafts`` that they leave without its object."""
    streams = dict.fromkeys(draft.stream for draft in drafts)
    entities = [entity for stream in streams if (entity := world.entity(stream)) and _acted_on(entity)]
    if not entities:
        return []
    view = Supposition(world, drafts)
    found: list[Draft] = []
    while True:
        lost = (disposal for entity in entities for disposal in _lost(world, view, entity))
        step = retractions(lost, reason)
        if not step:
            return found
        view.add(step)
        found.extend(step)


def _acted_on(entity: Entity) -> bool:
    """Say whether acts on other streams had consequences on this one."""
    own = {record.position for record in entity.records}
    return any(record.cause is not None and record.cause not in own for record in entity.records)


def _lost(world: World, view: Supposition, entity: Entity) -> Iterator[Consequence]:
    after = view.entity(entity.id)
    references = () if after is None else after.references
    for reference in entity.references:
        if not _ends_with_target(world, reference):
            continue
        for disposal in _disposals(entity, reference):
            content = view.content(entity.id, disposal.record.position)
            if content is not None and not _stands(reference, content, references):
                yield disposal


def _ends_with_target(world: World, reference: Reference) -> bool:
    target = world.entity(reference.target)
    return target is not None and any(period.end == reference.end for period in target.life)


def _stands(reference: Reference, disposal: Event, references: Sequence[Reference]) -> bool:
    """Say whether the reference is still there up to the day on which it was disposed of."""
    there = (reference.kind, reference.target, reference.position, disposal.effective_on)
    return any((r.kind, r.target, r.position, r.end) == there for r in references)


def _disposals(entity: Entity, reference: Reference) -> list[Consequence]:
    """Return what ended or moved ``reference`` on its last day, as a consequence of an act elsewhere."""
    own = {record.position for record in entity.records}
    on_that_day = [
        Consequence(entity, record, content)
        for record in entity.records
        if record.corrects is None and record.cause is not None and record.cause not in own
        if (content := content_of(entity.records, record.position)) is not None
        and content.effective_on == reference.end
    ]
    ending = {each.record.cause for each in on_that_day if _ends(each.content, reference)}
    return [each for each in on_that_day if each.record.cause in ending and _about(each.content, reference)]


def _ends(content: Event, reference: Reference) -> bool:
    match content:
        case RelationOpened():
            return content.hierarchy.single and content.hierarchy == reference.kind
        case RelationClosed():
            return (content.hierarchy, content.superior) == (reference.kind, reference.target)
        case FunctionReleased() | FunctionTransferred():
            return content.source == reference.target
        case _:
            return False


def _about(content: Event, reference: Reference) -> bool:
    """Say whether ``content`` ends ``reference``, or opens what follows it where there may be many."""
    follows = isinstance(content, RelationOpened) and content.hierarchy == reference.kind
    return follows or _ends(content, reference)
