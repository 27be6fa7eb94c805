"""What rows come to, found for many of them together before each is decided (预判).

Singly, each thing that a row asks would be a round trip. And what a row was found to come to need not be
found again in its turn, unless a row between changed something of what it asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import UUID

from graphql_api.imports.identities import Look
from graphql_api.imports.ordering import Step
from graphql_api.imports.rows import Row
from graphql_api.imports.saying import Intent
from graphql_api.imports.wrong import WrongError
from registry.errors import Refusal
from registry.reads import Bearer, Needs, NotAtHand, World
from registry.references import Reference
from registry.timeline import Entity

_ROUNDS = 12
"""How often what a chunk of rows asks is fetched together; what is asked after that is fetched singly."""

_POINTING = ""
"""No scheme has this name."""

Key = UUID | tuple[str, object]
"""What may be asked: an entity, or what stands above it; what points at it; who bears an identifier."""


class Fetching(Protocol):
    """Gets what is not at hand, see :mod:`registry.store.staging`."""

    async def fetch(self, needs: Needs) -> None:
        """Get what is needed, together."""
        ...


class Foresight:
    """A world that notes what is asked of it, and what the rows of a chunk were found to come to (预判)."""

    def __init__(self, world: World, position: int) -> None:
        """Ask ``world``, in which what is beyond ``position`` is of this file."""
        self._world = world
        self._position = position
        self._asked: set[Key] = set()
        self._found: list[tuple[list[Intent], set[Key]] | None] = []
        self._changed: set[Key] = set()
        self._settled = True

    def entity(self, identity: UUID) -> Entity | None:
        """Return the entity."""
        self._asked.add(identity)
        return self._world.entity(identity)

    def references_to(self, target: UUID) -> Sequence[Reference]:
        """Return who points at ``target``."""
        self._asked.add((_POINTING, target))
        return self._world.references_to(target)

    def superiors(self, subordinate: UUID, hierarchy: str) -> Iterable[Reference]:
        """Return what ``subordinate`` stands under."""
        self._asked.add(subordinate)
        return self._world.superiors(subordinate, hierarchy)

    def bearers(self, scheme: str, value: str) -> Sequence[Bearer]:
        """Return who bears the identifier."""
        self._asked.add((scheme, value))
        return self._world.bearers(scheme, value)

    def consequences_of(self, position: int) -> Sequence[UUID]:
        """Return the streams that hold consequences of the act; any row may change that."""
        self._settled = False
        return self._world.consequences_of(position)

    async def foresee(self, stage: Fetching, look: Look, steps: Sequence[Step], rows: Sequence[Row]) -> None:
        """Find out together what these rows come to, fetching what they and their commands ask."""
        self._found = [None] * len(rows)
        self._changed.clear()
        self._settled = True
        asking: Sequence[int] = range(len(rows))
        for _ in range(_ROUNDS):
            needed: list[Needs] = []
            still: list[int] = []
            for number in asking:
                self._asked = set()
                try:
                    intents = steps[number].planner(rows[number], look)
                except NotAtHand as asked:
                    needed.append(asked.needs)
                    still.append(number)
                except (WrongError, Refusal):
                    continue  # it is told in its turn, and may be right by then
                else:
                    needed.extend(intent.command.needs for intent in intents)
                    self._found[number] = (intents, self._asked)
            if needed:
                await stage.fetch(Needs.all(needed))
            if not still:
                return
            asking = still

    def found(self, number: int) -> list[Intent] | None:
        """Return what the row comes to, if that was found and holds still."""
        found = self._found[number]
        if found is None or not self._settled or not self._changed.isdisjoint(found[1]):
            return None
        return found[0]

    def changed(self, identities: Iterable[UUID]) -> None:
        """Hear whom a row changed: what was found of others by asking about these holds no more."""
        entities = [self._world.entity(identity) for identity in identities]
        for entity in entities:
            if entity is None or entity.records[0].position <= self._position:
                self._settled = False  # what it was before counts as well, and is not known any more
                continue
            self._changed.add(entity.id)
            self._changed.update(pair for _, _, pair in entity.identifiers)
            self._changed.update((_POINTING, reference.target) for reference in entity.references)
        last = (entity.records[-1].position for entity in entities if entity is not None)
        self._position = max([self._position, *last])
