"""Streams read from the log and folded, the recently used ones kept (流缓存)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from uuid import UUID

from registry.events import Recorded
from registry.nouns import noun_of
from registry.reads import Needs
from registry.statements import statement
from registry.store.codec import EventMapper
from registry.store.connection import Connection
from registry.store.keyring import Keyring
from registry.store.sealing import opened
from registry.timeline import Conflict, Entity, fold

_STREAMS = statement("registry.store", "events_of_streams")


class UnreadableLogError(Exception):
    """A stored stream does not fold: the log holds what this program would have refused."""


def folded(records: Sequence[Recorded]) -> Entity:
    """Return the entity of a whole stream; raises UnreadableLogError when it does not fold."""
    stream = records[0].originator_id
    timeline = fold(noun_of(records[0].event), records)
    if isinstance(timeline, Conflict):
        message = f"stream {stream}: {timeline.code} at position {timeline.fact.position}"
        raise UnreadableLogError(message)
    return Entity(stream, tuple(records), timeline)


async def read_streams(
    connection: Connection, mapper: EventMapper, streams: Sequence[UUID], keys: Keyring | None = None
) -> dict[UUID, Entity]:
    """Return the entities of those ``streams`` that exist, opened with ``keys`` and those fetched besides."""
    rows = await connection.fetch(_STREAMS, streams)
    histories: dict[UUID, list[Recorded]] = {}
    for record in await opened(connection, mapper, rows, keys):
        histories.setdefault(record.originator_id, []).append(record)
    return {stream: folded(records) for stream, records in histories.items()}


class StreamCache:
    """The most recently used entities, bounded by the number of their events."""

    def __init__(self, capacity: int) -> None:
        """Keep entities of ``capacity`` events altogether."""
        self._capacity = capacity
        self._events = 0
        self._entities: OrderedDict[UUID, Entity] = OrderedDict()

    def get(self, stream: UUID) -> Entity | None:
        """Return the entity if it is kept."""
        entity = self._entities.get(stream)
        if entity is not None:
            self._entities.move_to_end(stream)
        return entity

    def missing(self, needs: Iterable[Needs], most: int) -> list[UUID]:
        """Return the entities of ``needs`` that are not kept, of those that need ``most`` at most."""
        few = (each.entities for each in needs if len(each.entities) <= most)
        return [entity for entities in few for entity in entities if entity not in self._entities]

    def put(self, entity: Entity) -> None:
        """Keep ``entity``, and let the least recently used ones go, what it grew from too."""
        entity.timeline.settle()
        self.drop((entity.id,))
        self._entities[entity.id] = entity
        self._events += entity.version
        while self._events > self._capacity and len(self._entities) > 1:
            _, oldest = self._entities.popitem(last=False)
            self._events -= oldest.version

    def drop(self, streams: Iterable[UUID]) -> None:
        """Forget these."""
        for stream in streams:
            entity = self._entities.pop(stream, None)
            if entity is not None:
                self._events -= entity.version

    def clear(self) -> None:
        """Forget everything."""
        self._entities.clear()
        self._events = 0
