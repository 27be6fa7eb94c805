"""The world as drafts would make it, for working out what follows from them (假设视图). Pure.

Unlike :func:`registry.settlement.settle`, a supposition refuses nothing: a fact that the drafts make
impossible is left out of its stream's timeline. It is found and refused when the whole command is settled.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from registry.commands import Draft
from registry.correction.chain import content_of
from registry.events import Event, Recorded
from registry.nouns import noun_of
from registry.overlay import Overlay
from registry.reads import World
from registry.timeline import Entity, Noun, Timeline, fold

_FIRST = 2**62
"""The position of the first supposed record: behind everything that is recorded."""

_NOBODY = UUID(int=0)
_NEVER = datetime(1, 1, 1, tzinfo=UTC)


class Supposition(Overlay):
    """``base`` as drafts would make it."""

    def __init__(self, base: World, drafts: Iterable[Draft] = ()) -> None:
        """Suppose ``drafts`` of ``base``."""
        # A supposition about a supposition counts on: positions are unique in a stream.
        self.count: int = base.count if isinstance(base, Supposition) else 0
        super().__init__(base)
        self.add(drafts)

    def add(self, drafts: Iterable[Draft]) -> None:
        """Suppose more."""
        added: dict[UUID, list[Recorded]] = {}
        for draft in drafts:
            added.setdefault(draft.stream, []).append(self._record(draft))
        for stream, records in added.items():
            known = self.entity(stream)
            noun = noun_of(records[0].event) if known is None else known.noun
            history = (*(() if known is None else known.records), *records)
            self.put(Entity(stream, history, _fold(noun, history)))

    def content(self, stream: UUID, position: int) -> Event | None:
        """Return what the event at ``position`` would say, or None when it would be retracted."""
        entity = self.entity(stream)
        assert entity is not None
        return content_of(entity.records, position)

    def _record(self, draft: Draft) -> Recorded:
        self.count += 1
        return Recorded(
            originator_id=draft.stream,
            originator_version=0,
            position=_FIRST + self.count,
            event=draft.event,
            recorded_at=_NEVER,
            actor="",
            command_id=_NOBODY,
            corrects=draft.corrects,
        )


def _fold(noun: Noun, records: tuple[Recorded, ...]) -> Timeline:
    """Fold ``records`` without the facts that cannot be."""
    kept = records
    timeline = fold(noun, kept)
    while not isinstance(timeline, Timeline):
        impossible = timeline.fact.position
        kept = tuple(record for record in kept if record.position != impossible)
        timeline = fold(noun, kept)
    return timeline
