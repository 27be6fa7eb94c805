"""Projections made anew from the log: a new schema, filled, then switched to (重建).

A schema of projections is named by its version and never renamed: a reader in an older snapshot keeps its
tables. The head names the one in use. Rows depend on their own entity's stream only, so streams are folded
one after another, each command of it giving the beliefs that opened and closed then.
"""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby

from projections.bitemporal import Beliefs, close
from projections.catalog import READ_MODELS, fingerprint
from projections.cover import Cover, cover_of
from projections.indexes import indexed_afterwards
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

_CHUNK = 2_000
"""Streams whose rows are gathered before they are copied."""

_PAGE = 5_000
"""Events read at a time, with the keys that open them."""

_ACTIVE = statement("projections", "active")
_ALL_EVENTS = statement("projections", "all_events")
_CREATE_SCHEMA = statement("projections", "create_schema")
_NEXT_NAME = statement("projections", "next_name")
_REGISTER = statement("projections", "register")
_SWITCH = statement("projections", "switch")


async def prepare(connection: Connection, mapper: EventMapper) -> str:
    """Return the schema to use: the active one if this program made it, else a new one built now."""
    row = await connection.fetchrow(_ACTIVE)
    if row is not None and row["fingerprint"] == fingerprint():
        return str(row["name"])
    return await rebuild(connection, mapper)


async def rebuild(connection: Connection, mapper: EventMapper) -> str:
    """Build all projections from the whole log in a new schema, switch to it, and return its name.

    The head is locked meanwhile: readers go on, writers wait, and then find that the projections have moved.
    """
    async with connection.transaction():
        await connection.execute(statement("projections", "lock_head"))
        name = str(await connection.fetchval(_NEXT_NAME))
        await create_schema(connection, name)
        async with indexed_afterwards(connection, name):
            await fill(connection, mapper, name)
        await connection.execute(_REGISTER, name, fingerprint())
        await connection.execute(_SWITCH, name)
    return name


async def create_schema(connection: Connection, name: str) -> None:
    """Create the tables of every read model in the schema ``name``, and leave it first on the search path."""
    await connection.execute(_CREATE_SCHEMA.format(name=name))
    for model in READ_MODELS:
        await connection.execute(model.ddl)


async def fill(connection: Connection, mapper: EventMapper, name: str) -> None:
    """Fold every stream of the log into the tables of the schema ``name``, which are empty."""
    effects: list[Effect] = []
    streams = 0
    cover = await cover_of(connection, mapper.master)
    with _collecting_seldom():
        async for stream in _streams(connection, mapper):
            effects.extend(effects_of(stream))
            streams += 1
            if streams % _CHUNK == 0:
                await _flush(connection, name, effects, cover)
                effects = []
        await _flush(connection, name, effects, cover)


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Look for cycles seldom: entities hold none, and looking through them takes a fifth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


async def _flush(connection: Connection, name: str, effects: Sequence[Effect], cover: Cover) -> None:
    beliefs = tuple(Beliefs(model, cover) for model in READ_MODELS)
    take_in(beliefs, effects)
    await insert(connection, await close(connection, name, beliefs))


async def _streams(connection: Connection, mapper: EventMapper) -> AsyncIterator[list[Recorded]]:
    """Yield every stream, whole and in order."""
    keys = Keyring(mapper.master)
    stream: list[Recorded] = []
    cursor = await connection.cursor(_ALL_EVENTS)
    while rows := await cursor.fetch(_PAGE):
        for record in await opened(connection, mapper, rows, keys):
            if stream and stream[0].originator_id != record.originator_id:
                yield stream
                stream = []
            stream.append(record)
    if stream:
        yield stream


def effects_of(stream: Sequence[Recorded]) -> Iterator[Effect]:
    """Yield what each command did to one entity, in order."""
    before: Entity | None = None
    history: tuple[Recorded, ...] = ()
    for recorded_at, group in groupby(stream, key=_recorded_at):
        added = tuple(group)
        history = (*history, *added)
        noun = noun_of(stream[0].event)
        timeline = fold(noun, history) if before is None else extend(before.timeline, history, added)
        if isinstance(timeline, Conflict):
            message = (
                f"stream {stream[0].originator_id}: {timeline.code} at position {timeline.fact.position}"
            )
            raise UnreadableLogError(message)
        after = Entity(stream[0].originator_id, history, timeline)
        yield Effect(recorded_at, (Change(before, after),))
        before = after


def _recorded_at(record: Recorded) -> datetime:
    return record.recorded_at
