"""A world in which many commands are supposed one after another, some of them taken back (暂存视图). Pure.

What a file comes to is decided before any of it is recorded. It may hold more entities than fit into memory:
those that nothing asks for any more are let go, but for what they bear, which stays unique.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from registry.borne import Borne
from registry.reads import Bearer, World
from registry.references import Reference
from registry.timeline import Entity

Key = TypeVar("Key")


class Staged:
    """``base`` with newer entities in the place of those they replace; they can be taken back, or let go.

    Its indexes say where to look, no more: what they name may be gone, or point elsewhere by now.
    """

    def __init__(self, base: World) -> None:
        """Begin with ``base`` as it is."""
        self._base = base
        self._newer: dict[UUID, Entity] = {}
        self._sources: dict[UUID, dict[UUID, None]] = {}
        self._bearers: dict[tuple[str, str], dict[UUID, None]] = {}
        self._caused: dict[int, dict[UUID, None]] = {}
        self._gone = Borne()

    def rebase(self, base: World) -> None:
        """Look at the same snapshot through another ``base``, which has other things at hand."""
        self._base = base

    def held(self, identity: UUID) -> Entity | None:
        """Return the entity if it is one of the newer ones."""
        return self._newer.get(identity)

    def put(self, entity: Entity) -> None:
        """Let ``entity`` take the place of whatever had its id."""
        self._newer[entity.id] = entity
        for reference in entity.references:
            self._sources.setdefault(reference.target, {})[entity.id] = None
        for _, _, pair in entity.identifiers:
            self._bearers.setdefault(pair, {})[entity.id] = None

    def cause(self, act: int, stream: UUID) -> bool:
        """Note that ``stream`` holds a consequence of the act at ``act``; say whether that is new."""
        streams = self._caused.setdefault(act, {})
        new = stream not in streams
        streams[stream] = None
        return new

    def uncause(self, act: int, stream: UUID) -> None:
        """Take back what :meth:`cause` noted."""
        _discard(self._caused, act, stream)

    def restore(self, identity: UUID, before: Entity | None) -> None:
        """Let the entity be as it was ``before``, None for not a newer one."""
        if before is None:
            del self._newer[identity]
        else:
            self.put(before)

    def let_go(self, identity: UUID) -> None:
        """Forget all of an entity but the identifiers that it bears: nobody will ask for anything else."""
        entity = self._newer.pop(identity, None)
        if entity is None:
            return
        for reference in entity.references:
            _discard(self._sources, reference.target, identity)
        for start, end, pair in entity.identifiers:
            _discard(self._bearers, pair, identity)
            self._gone.put(pair, Bearer(identity, start, end))
        for record in entity.records:
            self._caused.pop(record.position, None)

    def entity(self, identity: UUID) -> Entity | None:
        """Return the newest version of the entity."""
        newer = self._newer.get(identity)
        return self._base.entity(identity) if newer is None else newer

    def references_to(self, target: UUID) -> Sequence[Reference]:
        """Return who points at ``target`` now."""
        kept = [r for r in self._base.references_to(target) if r.source not in self._newer]
        newer = (self._newer.get(source) for source in self._sources.get(target, ()))
        added = (r for entity in newer if entity for r in entity.references if r.target == target)
        return sorted((*kept, *added), key=_by_position)

    def superiors(self, subordinate: UUID, hierarchy: str) -> Iterable[Reference]:
        """Return what ``subordinate`` stands under now."""
        newer = self._newer.get(subordinate)
        if newer is None:
            return self._base.superiors(subordinate, hierarchy)
        return [r for r in newer.references if r.kind == hierarchy]

    def bearers(self, scheme: str, value: str) -> Sequence[Bearer]:
        """Return who bears the identifier now, those let go among them."""
        pair = (scheme, value)
        kept = [b for b in self._base.bearers(scheme, value) if b.entity not in self._newer]
        newer = (self._newer.get(entity) for entity in self._bearers.get(pair, ()))
        added = (
            Bearer(entity.id, start, end)
            for entity in newer
            if entity
            for start, end, borne in entity.identifiers
            if borne == pair
        )
        return [*kept, *added, *self._gone.of(pair)]

    def consequences_of(self, position: int) -> Sequence[UUID]:
        """Return the streams that hold events caused by the act at ``position``."""
        known = self._base.consequences_of(position)
        return [*known, *(s for s in self._caused.get(position, ()) if s not in known)]


def _by_position(reference: Reference) -> tuple[int, date]:
    return reference.position, reference.start


def _discard(index: dict[Key, dict[UUID, None]], key: Key, identity: UUID) -> None:
    sources = index.get(key, {})
    sources.pop(identity, None)
    if not sources:
        index.pop(key, None)
