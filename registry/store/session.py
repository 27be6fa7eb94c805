"""The world as the database has it during one transaction, fetched on demand (会话世界).

A decision asks what is at hand. What is not raises :class:`~registry.reads.NotAtHand`;
:meth:`Session.fetch` gets it, each kind in one statement for as many decisions as need it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar
from uuid import UUID

from registry.reads import Bearer, Needs, NotAtHand
from registry.references import Reference
from registry.statements import statement
from registry.store.codec import EventMapper
from registry.store.connection import Wire
from registry.store.hierarchies import Hierarchies
from registry.store.keyring import Keyring
from registry.store.ports import Projections
from registry.store.streams import StreamCache, read_streams
from registry.timeline import Entity

_CAUSED = statement("registry.store", "streams_caused_by")

Result = TypeVar("Result")


_ROUNDS = 10_000
"""How often a decision may ask for more; the largest acts ask once for each thing they touch."""


class LargeError(Exception):
    """A decision asks about so many entities that it should be made alone."""


class Memory(NamedTuple):
    """What is kept from one session to the next."""

    streams: StreamCache
    hierarchies: Hierarchies
    keys: Keyring


class Session:
    """A :class:`~registry.reads.World` over one connection, in one transaction whose snapshot does not move.

    For a committer the head's lock keeps it still, for a preview REPEATABLE READ does.
    """

    def __init__(self, wire: Wire, mapper: EventMapper, projections: Projections, memory: Memory) -> None:
        """Begin with nothing at hand but ``memory``, which must be of the same snapshot."""
        self._wire = wire
        self._mapper = mapper
        self._projections = projections
        self._memory = memory
        self._entities: dict[UUID, Entity | None] = {}
        self._sources: dict[UUID, list[UUID]] = {}
        self._references: dict[UUID, Sequence[Reference]] = {}
        self._bearers: dict[tuple[str, str], list[Bearer]] = {}
        self._caused: dict[int, list[UUID]] = {}

    def entity(self, identity: UUID) -> Entity | None:
        """Return the entity, or None when it does not exist."""
        try:
            return self._entities[identity]
        except KeyError:
            raise NotAtHand(Needs(entities=frozenset({identity}))) from None

    def references_to(self, target: UUID) -> Sequence[Reference]:
        """Return who points at ``target``."""
        known = self._references.get(target)
        if known is None:
            sources = self._sources.get(target)
            if sources is None or any(source not in self._entities for source in sources):
                raise NotAtHand(Needs(references_to=frozenset({target})))
            entities = (self._entities[source] for source in sources)
            known = [r for entity in entities if entity for r in entity.references if r.target == target]
            self._references[target] = known
        return known

    def superiors(self, subordinate: UUID, hierarchy: str) -> Sequence[Reference]:
        """Return what ``subordinate`` stands under."""
        return self._memory.hierarchies.superiors(subordinate, hierarchy)

    def bearers(self, scheme: str, value: str) -> Sequence[Bearer]:
        """Return who bears the identifier."""
        try:
            return self._bearers[scheme, value]
        except KeyError:
            raise NotAtHand(Needs(identifiers=frozenset({(scheme, value)}))) from None

    def consequences_of(self, position: int) -> Sequence[UUID]:
        """Return the streams that hold consequences of the act."""
        try:
            return self._caused[position]
        except KeyError:
            raise NotAtHand(Needs(consequences_of=frozenset({position}))) from None

    def know_absent(self, streams: Iterable[UUID]) -> None:
        """Take in that there is no such entity, so that nobody looks for it."""
        self._entities.update(dict.fromkeys(streams))

    @property
    def size(self) -> int:
        """How many entities and identifiers are at hand."""
        return len(self._entities) + len(self._bearers)

    async def fetch(self, needs: Needs) -> None:
        """Get what is needed and not at hand, and the entities that what is got names."""
        async with self._wire.lock:
            await self._fetch(needs)

    async def survey(self, needs: Needs) -> None:
        """Get what is needed but for the streams of entities; then :meth:`named` says which these are."""
        async with self._wire.lock:
            await self._survey(needs)

    async def _survey(self, needs: Needs) -> None:
        await self._fetch_sources(needs.references_to - self._sources.keys())
        await self._fetch_bearers(needs.identifiers - self._bearers.keys())
        await self._fetch_caused(needs.consequences_of - self._caused.keys())

    async def _fetch(self, needs: Needs) -> None:
        await self._survey(needs)
        await self._fetch_entities(self.named(needs))

    def named(self, needs: Needs) -> set[UUID]:
        """Return every entity that is needed, once ``needs`` were surveyed."""
        sources = (source for target in needs.references_to for source in self._sources[target])
        streams = (stream for act in needs.consequences_of for stream in self._caused[act])
        return {*needs.entities, *sources, *streams}

    async def decide(
        self, decision: Callable[[], Result], most: int | None = None, *, apart: bool = False
    ) -> Result:
        """Return what ``decision`` says, fetching what it asks for and letting it decide again.

        Raises LargeError when it asks for more than ``most`` entities, before it has them, and RuntimeError
        for a decision that never comes to an end of asking, which is a defect of it. One that takes seconds
        is made ``apart``, in a thread: nothing else may use this session then, but the process goes on.
        """
        asked = 0
        for _ in range(_ROUNDS):
            try:
                return await asyncio.to_thread(decision) if apart else decision()
            except NotAtHand as missing:
                needs = missing.needs
            await self.survey(needs)
            asked += len(self.named(needs))
            if most is not None and asked > most:
                raise LargeError
            await self.fetch(needs)
        message = f"a decision asked for more {_ROUNDS} times"
        raise RuntimeError(message)

    async def _fetch_entities(self, wanted: Iterable[UUID]) -> None:
        missing = [identity for identity in wanted if not self._is_at_hand(identity)]
        if not missing:
            return
        self._entities.update(dict.fromkeys(missing))
        found = await read_streams(self._wire.connection, self._mapper, missing, self._memory.keys)
        self._entities.update(found)
        for entity in found.values():
            self._memory.streams.put(entity)

    def _is_at_hand(self, identity: UUID) -> bool:
        """Say whether the entity is here, taking it from the cache if it is there."""
        if identity in self._entities:
            return True
        cached = self._memory.streams.get(identity)
        if cached is None:
            return False
        self._entities[identity] = cached
        return True

    async def _fetch_sources(self, targets: frozenset[UUID]) -> None:
        if not targets:
            return
        self._sources.update({target: [] for target in targets})
        for target, source in await self._projections.sources_of(self._wire.connection, list(targets)):
            self._sources[target].append(source)

    async def _fetch_bearers(self, pairs: frozenset[tuple[str, str]]) -> None:
        if not pairs:
            return
        self._bearers.update({pair: [] for pair in pairs})
        for pair, bearer in await self._projections.bearers(self._wire.connection, list(pairs)):
            self._bearers[pair].append(bearer)

    async def _fetch_caused(self, acts: frozenset[int]) -> None:
        if not acts:
            return
        self._caused.update({act: [] for act in acts})
        for row in await self._wire.connection.fetch(_CAUSED, list(acts)):
            self._caused[row["cause"]].append(row["stream_id"])
