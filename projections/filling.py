"""Streams folded into the rows of a new set of projections (投影填充).

Rows depend on their own entity's stream only, so streams are folded one after another, each command of one
giving the beliefs that opened and closed then.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from projections.bitemporal import Beliefs, close
from projections.catalog import READ_MODELS
from projections.cover import Cover, cover_of
from projections.inline import take_in
from registry.consistency import Change
from registry.events import Recorded
from registry.nouns import noun_of
from registry.statements import statement
from registry.store.codec import EventMapper
from registry.store.connection import Connection
from registry.store.keyring import Keyring
from registry.store.ports import Effect
from registry.store.rows import insert
from registry.store.sealing import opened
from registry.store.streams import UnreadableLogError
from registry.timeline import Conflict, Entity, extend, fold

_PART = statement("projections", "part_events")
_LAST_POSITION = 2**63 - 1

_stream_of = attrgetter("originator_id")
_recorded_at = attrgetter("recorded_at")


class Part(NamedTuple):
    """Streams from the id ``first`` up to ``until``, without that one (重建分段)."""

    first: UUID
    until: UUID


WHOLE = Part(UUID(int=0), UUID(int=2**128 - 1))
"""Every stream: no id is the last of all."""


class Filler:
    """Writes the rows of one set of projections, whose schema comes first on the search path."""

    def __init__(self, connection: Connection, mapper: EventMapper, name: str, cover: Cover) -> None:
        """Fill the set ``name`` over ``connection``."""
        self._connection = connection
        self._mapper = mapper
        self._name = name
        self._cover = cover
        self._keys = Keyring(mapper.master)

    @classmethod
    async def of(cls, connection: Connection, mapper: EventMapper, name: str) -> Filler:
        """Return what fills the set ``name``; raises MasterKeyError where identifiers cannot be hashed."""
        return cls(connection, mapper, name, await cover_of(connection, mapper.master))

    async def part(self, part: Part, position: int = _LAST_POSITION) -> None:
        """Write the rows that the streams of ``part`` give, as the events up to ``position`` have them."""
        with collecting_seldom():
            rows = await self._connection.fetch(_PART, part.first, part.until, position)
            records = await opened(self._connection, self._mapper, rows, self._keys)
            streams = groupby(records, key=_stream_of)
            await self.write([effect for _, stream in streams for effect in effects_of(list(stream))])

    async def write(self, effects: Sequence[Effect]) -> None:
        """Close the beliefs that ``effects`` ended, and write those that they began."""
        beliefs = tuple(Beliefs(model, self._cover) for model in READ_MODELS)
        take_in(beliefs, effects)
        await insert(self._connection, await close(self._connection, self._name, beliefs))


async def fill(connection: Connection, mapper: EventMapper, name: str) -> None:
    """Fold every stream of the log into the tables of the schema ``name``, which are empty."""
    await (await Filler.of(connection, mapper, name)).part(WHOLE)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look for cycles seldom: entities hold none, and looking through them takes a fifth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def effects_of(stream: Sequence[Recorded], after: int = 0) -> Iterator[Effect]:
    """Yield what each command after the position ``after`` did to one entity, in order.

    Raises UnreadableLogError for a stream that does not fold.
    """
    first = next((n for n, record in enumerate(stream) if record.position > after), len(stream))
    history = tuple(stream[:first])
    before = _extended(None, history, history) if history else None
    for recorded_at, group in groupby(stream[first:], key=_recorded_at):
        added = tuple(group)
        history = (*history, *added)
        entity = _extended(before, history, added)
        yield Effect(recorded_at, (Change(before, entity),))
        before = entity


def _extended(before: Entity | None, history: tuple[Recorded, ...], added: tuple[Recorded, ...]) -> Entity:
    stream = history[0].originator_id
    if before is None:
        timeline = fold(noun_of(history[0].event), history)
    else:
        timeline = extend(before.timeline, history, added)
    if isinstance(timeline, Conflict):
        message = f"stream {stream}: {timeline.code} at position {timeline.fact.position}"
        raise UnreadableLogError(message)
    return Entity(stream, history, timeline)
