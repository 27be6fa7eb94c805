"""Acts and what they caused, and how that follows when an act is corrected (行为与结果). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from msgspec.structs import replace

from registry.commands import Draft
from registry.correction.chain import chain_of, content_of
from registry.correction.events import Amended, Retracted
from registry.events import Event, Recorded
from registry.reads import World
from registry.supposition import Supposition
from registry.timeline import Entity


class Consequence(NamedTuple):
    """A live event of ``entity`` that an act caused, and what it says now."""

    entity: Entity
    record: Recorded
    content: Event


def caused_by(world: World, position: int) -> list[Consequence]:
    """Return what the event at ``position`` caused and is not retracted, corrections included."""
    found: list[Consequence] = []
    for stream in world.consequences_of(position):
        entity = world.entity(stream)
        if entity is None:
            continue
        for record in entity.records:
            if record.cause == position:
                content = content_of(entity.records, record.position)
                if content is not None:
                    found.append(Consequence(entity, record, content))
    return sorted(found, key=_position)


def _position(consequence: Consequence) -> int:
    return consequence.record.position


def facts_of(world: World, entity: Entity, root: int) -> list[Consequence]:
    """Return the live facts that the act at ``root`` caused, or its corrections did."""
    facts = [
        consequence
        for position in chain_of(entity.records, root)
        for consequence in caused_by(world, position)
        if consequence.record.corrects is None
    ]
    return sorted(facts, key=_position)


def amendment(stream: UUID, position: int, replacement: Event, reason: str | None) -> Draft:
    """Return the draft by which the event at ``position`` of ``stream`` should have read ``replacement``."""
    event = Amended(
        corrects=position, replacement=replacement, effective_on=replacement.effective_on, reason=reason
    )
    return Draft(stream, event, corrects=position)


def retraction(stream: UUID, record: Recorded, reason: str | None) -> Draft:
    """Return the draft by which ``record`` of ``stream`` should not have been recorded."""
    event = Retracted(corrects=record.position, effective_on=record.event.effective_on, reason=reason)
    return Draft(stream, event, corrects=record.position)


def retractions(consequences: Iterable[Consequence], reason: str | None) -> list[Draft]:
    """Return the retraction of each of ``consequences``, once."""
    distinct = {(entity.id, record.position): record for entity, record, _ in consequences}
    return [retraction(stream, record, reason) for (stream, _), record in distinct.items()]


def followed(
    world: World, entity: Entity, root: int, drafts: Sequence[Draft], reason: str | None
) -> list[Draft]:
    """Return how what the act at ``root`` caused moves with it when ``drafts`` move it to another day."""
    view = Supposition(world, drafts)
    old, new = content_of(entity.records, root), view.content(entity.id, root)
    if old is None or new is None or _when(old) == _when(new):
        return []
    moved: list[Draft] = []
    for source, record, _ in facts_of(world, entity, root):
        content = view.content(source.id, record.position)
        if content is None or content.effective_on != old.acts_on:
            continue
        if _began_with(entity, root, record):
            there = replace(
                content,
                effective_on=new.acts_on,
                precision=new.acts_precision,
                assumed=new.acts_assumed,
            )
            moved.append(amendment(source.id, record.position, there, reason))
    return moved


def _began_with(entity: Entity, root: int, record: Recorded) -> bool:
    """Say whether ``record`` took effect with the act as that stood then, not on the same day by chance."""
    known = [r for r in entity.records if r.position <= record.position]
    act = content_of(known, root)
    return act is not None and act.acts_on == record.event.effective_on


def _when(act: Event) -> tuple[object, ...]:
    return act.acts_on, act.acts_precision, act.acts_assumed
