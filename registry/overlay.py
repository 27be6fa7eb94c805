"""A world as some newer entities change it (叠加视图). Pure.

Decisions see the register overlaid with what earlier commands of the batch did, and checks see that overlaid
with what the command at hand would do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from registry.reads import Bearer, World
from registry.timeline import Entity, Reference


class Overlay:
    """``base`` with ``newer`` entities in the place of those they replace."""

    def __init__(self, base: World, newer: Mapping[UUID, Entity], caused: Mapping[int, set[UUID]]) -> None:
        """Overlay ``base``; ``caused`` adds the streams that hold consequences of acts."""
        self._base = base
        self._newer = newer
        self._caused = caused

    def entity(self, identity: UUID) -> Entity | None:
        """Return the newest version of the entity."""
        return self._newer.get(identity) or self._base.entity(identity)

    def references_to(self, target: UUID) -> Sequence[Reference]:
        """Return who points at ``target`` now."""
        kept = [r for r in self._base.references_to(target) if r.source not in self._newer]
        added = (r for entity in self._newer.values() for r in entity.references if r.target == target)
        return [*kept, *added]

    def superiors(self, subordinate: UUID, hierarchy: str) -> Iterable[Reference]:
        """Return what ``subordinate`` stands under now."""
        newer = self._newer.get(subordinate)
        if newer is None:
            return self._base.superiors(subordinate, hierarchy)
        return [r for r in newer.references if r.kind == hierarchy]

    def bearers(self, scheme: str, value: str) -> Sequence[Bearer]:
        """Return who bears the identifier now."""
        kept = [b for b in self._base.bearers(scheme, value) if b.entity not in self._newer]
        added = (
            Bearer(entity.id, start, end)
            for entity in self._newer.values()
            for start, end, pair in entity.identifiers
            if pair == (scheme, value)
        )
        return [*kept, *added]

    def consequences_of(self, position: int) -> Sequence[UUID]:
        """Return the streams that hold events caused by the act at ``position``."""
        known = self._base.consequences_of(position)
        return [*known, *(s for s in self._caused.get(position, ()) if s not in known)]
