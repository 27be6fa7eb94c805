"""A world as some newer entities change it (叠加视图). Pure.

Decisions see the register overlaid with what earlier commands of the batch did, and checks see that overlaid
with what the command at hand would do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from registry.reads import Bearer, World
from registry.timeline import Entity, Reference


class Overlay:
    """``base`` with newer entities in the place of those they replace."""

    def __init__(self, base: World, newer: Iterable[Entity] = ()) -> None:
        """Overlay ``base`` with ``newer``."""
        self._base = base
        self._newer: dict[UUID, Entity] = {}
        self._sources: dict[UUID, set[UUID]] = {}
        self._bearers: dict[tuple[str, str], set[UUID]] = {}
        self._caused: dict[int, set[UUID]] = {}
        for entity in newer:
            self.put(entity)

    def put(self, entity: Entity) -> None:
        """Let ``entity`` take the place of whatever had its id."""
        self._newer[entity.id] = entity
        # What an earlier version pointed at or bore stays in these indexes: they say where to look, no more.
        for reference in entity.references:
            self._sources.setdefault(reference.target, set()).add(entity.id)
        for _, _, pair in entity.identifiers:
            self._bearers.setdefault(pair, set()).add(entity.id)

    def cause(self, act: int, stream: UUID) -> None:
        """Note that ``stream`` holds a consequence of the act at position ``act``."""
        self._caused.setdefault(act, set()).add(stream)

    def entity(self, identity: UUID) -> Entity | None:
        """Return the newest version of the entity."""
        newer = self._newer.get(identity)
        return self._base.entity(identity) if newer is None else newer

    def references_to(self, target: UUID) -> Sequence[Reference]:
        """Return who points at ``target`` now."""
        kept = [r for r in self._base.references_to(target) if r.source not in self._newer]
        sources = (self._newer[source] for source in self._sources.get(target, ()))
        return [*kept, *(r for source in sources for r in source.references if r.target == target)]

    def superiors(self, subordinate: UUID, hierarchy: str) -> Iterable[Reference]:
        """Return what ``subordinate`` stands under now."""
        newer = self._newer.get(subordinate)
        if newer is None:
            return self._base.superiors(subordinate, hierarchy)
        return [r for r in newer.references if r.kind == hierarchy]

    def bearers(self, scheme: str, value: str) -> Sequence[Bearer]:
        """Return who bears the identifier now."""
        kept = [b for b in self._base.bearers(scheme, value) if b.entity not in self._newer]
        bearing = (self._newer[entity] for entity in self._bearers.get((scheme, value), ()))
        added = (
            Bearer(entity.id, start, end)
            for entity in bearing
            for start, end, pair in entity.identifiers
            if pair == (scheme, value)
        )
        return [*kept, *added]

    def consequences_of(self, position: int) -> Sequence[UUID]:
        """Return the streams that hold events caused by the act at ``position``."""
        known = self._base.consequences_of(position)
        return [*known, *(s for s in self._caused.get(position, ()) if s not in known)]
