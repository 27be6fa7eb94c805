"""A world as some newer entities change it (叠加视图). Pure.

Decisions see the register overlaid with what earlier commands of the batch did, and checks see that overlaid
with what the command at hand would do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from registry.reads import Bearer, World
from registry.references import Reference
from registry.timeline import Entity


class Overlay:
    """``base`` with newer entities in the place of those they replace.

    Its indexes keep the order in which things came, never that of a set: what a command comes to, and so the
    digest of its preview, must not hang on how ids hash.
    """

    def __init__(self, base: World, newer: Iterable[Entity] = ()) -> None:
        """Overlay ``base`` with ``newer``."""
        self._base = base
        self._newer: dict[UUID, Entity] = {}
        self._unindexed: list[Entity] = []
        self._sources: dict[UUID, dict[UUID, None]] = {}
        self._bearers: dict[tuple[str, str], dict[UUID, None]] = {}
        self._caused: dict[int, dict[UUID, None]] = {}
        for entity in newer:
            self.put(entity)

    def put(self, entity: Entity) -> None:
        """Let ``entity`` take the place of whatever had its id."""
        self._newer[entity.id] = entity
        self._unindexed.append(entity)

    def _index(self) -> None:
        """Bring the indexes up to date, now that they are asked.

        What an earlier version of an entity pointed at or bore stays in them: they say where to look, no
        more.
        """
        for entity in self._unindexed:
            for reference in entity.references:
                self._sources.setdefault(reference.target, {})[entity.id] = None
            for _, _, pair in entity.identifiers:
                self._bearers.setdefault(pair, {})[entity.id] = None
        self._unindexed.clear()

    def cause(self, act: int, stream: UUID) -> None:
        """Note that ``stream`` holds a consequence of the act at position ``act``."""
        self._caused.setdefault(act, {})[stream] = None

    def entity(self, identity: UUID) -> Entity | None:
        """Return the newest version of the entity."""
        newer = self._newer.get(identity)
        return self._base.entity(identity) if newer is None else newer

    def references_to(self, target: UUID) -> Sequence[Reference]:
        """Return who points at ``target`` now."""
        self._index()
        kept = [r for r in self._base.references_to(target) if r.source not in self._newer]
        sources = (self._newer[source] for source in self._sources.get(target, ()))
        added = (r for source in sources for r in source.references if r.target == target)
        return sorted((*kept, *added), key=_by_position)

    def superiors(self, subordinate: UUID, hierarchy: str) -> Iterable[Reference]:
        """Return what ``subordinate`` stands under now."""
        newer = self._newer.get(subordinate)
        if newer is None:
            return self._base.superiors(subordinate, hierarchy)
        return [r for r in newer.references if r.kind == hierarchy]

    def bearers(self, scheme: str, value: str) -> Sequence[Bearer]:
        """Return who bears the identifier now."""
        self._index()
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


def _by_position(reference: Reference) -> tuple[int, date]:
    """Order by the fact that makes the reference, whichever layer knows it."""
    return reference.position, reference.start
