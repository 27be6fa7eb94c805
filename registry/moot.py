"""Dispositions that have lost what they disposed of (失去对象的处置). Pure.

The dissolution of a department moved one of its units elsewhere, as a consequence; then it is recorded that
the unit had left before, or had never been there. Nobody decided that it be moved from where it was: the move
was about its place in that department only, and goes with it. What a plan names itself stays, and conflicts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from registry.commands import Draft
from registry.correction.acts import Consequence, retractions
from registry.correction.chain import content_of
from registry.events import Event, Recorded
from registry.reads import World, at_hand
from registry.references import Claim, Reference
from registry.supposition import Supposition
from registry.timeline import Entity


class _Disposal(NamedTuple):
    """``content``, recorded as ``record``, is a consequence of an act on another stream (外部结果)."""

    record: Recorded
    content: Event


def moot(world: World, drafts: Sequence[Draft], reason: str | None) -> list[Draft]:
    """Return the retraction of each disposition on the streams of ``drafts`` that they leave pointless."""
    streams = dict.fromkeys(draft.stream for draft in drafts)
    entities = [entity for stream in streams if (entity := world.entity(stream)) and _disposals(entity)]
    if not entities:
        return []
    at_hand(partial(world.entity, r.target) for entity in entities for r in entity.references)
    view = Supposition(world, drafts)
    found: list[Draft] = []
    while True:
        lost = (
            Consequence(entity, disposal.record, disposal.content)
            for entity in entities
            for disposal in _lost(world, view, entity)
        )
        step = retractions(lost, reason)
        if not step:
            return found
        view.add(step)
        found.extend(step)


def _disposals(entity: Entity) -> list[_Disposal]:
    """Return the live facts of the stream that may have disposed of something for an act elsewhere."""
    caused = [record for record in entity.caused if record.corrects is None]
    if not caused:
        return []
    own = {record.position for record in entity.records}
    external = [record for record in caused if record.cause not in own]
    contents = ((record, content_of(entity.records, record.position)) for record in external)
    return [
        _Disposal(record, content)
        for record, content in contents
        if content is not None and _claims(entity, content)
    ]


def _lost(world: World, view: Supposition, entity: Entity) -> Iterator[_Disposal]:
    """Yield what disposed of a reference that now ends otherwise, or is not there at all."""
    after = view.entity(entity.id)
    for disposal in _disposals(entity):
        content = view.content(entity.id, disposal.record.position)
        if content is None:
            continue
        claims = _claims(entity, disposal.content)
        objects = [
            reference
            for reference in entity.references
            if reference.end == disposal.content.effective_on
            and any(_fits(claim, reference) for claim in claims)
            and _disposed(world, entity, disposal, Claim(reference.kind, reference.target))
        ]
        impossible = after is None or not _happens(after, disposal.record.position)
        if objects:
            lost = impossible or not any(_stands(after, each, content) for each in objects)
        else:
            lost = impossible and any(_disposed(world, entity, disposal, claim) for claim in claims)
        if lost:
            yield disposal


def _claims(entity: Entity, content: Event) -> list[Claim]:
    """Return what ``content`` disposes of: a kind of reference, and its target where it says so."""
    claims = (bond.claim(content) for bond in entity.noun.bonds)
    return [claim for claim in claims if claim is not None]


def _fits(claim: Claim, reference: Reference) -> bool:
    return reference.kind == claim.kind and claim.target in (None, reference.target)


def _happens(entity: Entity, position: int, day: date | None = None) -> bool:
    """Say whether the fact at ``position`` is possible, and begins on ``day`` if one is given."""
    return any(
        step.position == position and day in (None, step.day) for step in entity.timeline.steps if step.begins
    )


def _stands(after: Entity | None, reference: Reference, disposal: Event) -> bool:
    """Say whether the reference is still there up to the day on which it is disposed of, or begins then."""
    if after is None:
        return False
    there = (reference.kind, reference.target, reference.position, disposal.effective_on)
    if any((r.kind, r.target, r.position, r.end) == there for r in after.references):
        return True
    return _happens(after, reference.position, disposal.effective_on)


def _disposed(world: World, entity: Entity, disposal: _Disposal, claim: Claim) -> bool:
    """Say whether the end of what is claimed disposed so of what pointed at it, in one command or by rule."""
    target = None if claim.target is None else world.entity(claim.target)
    if target is None:
        return False
    if any(record.position == disposal.record.cause for record in target.records):
        return True
    bond = entity.noun.bond(claim.kind)
    return any(
        rule.reference == claim.kind and bond.carries_out(rule, disposal.content)
        for segment in target.timeline.segments
        if not target.noun.alive(segment.state)
        for rule in target.noun.rules(segment.state)
    )
