"""Projections made anew from the log: a new set, filled beside running commands, then switched to (重建).

A set of projections is a schema named by its version and never renamed: a reader in an older snapshot keeps
its tables. The head names the one in use. A new one is filled as of the head's position at its beginning,
given its indexes, brought up to what was recorded meanwhile, and put into use under the head's lock, which is
held for the last of the catching up and for nothing before it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext, suppress
from datetime import timedelta

import asyncpg

from projections.building import SetDroppedError, Told, begin, create_schema, drop, hold, taken_up, work
from projections.catalog import fingerprint
from projections.catching_up import advance
from projections.crew import Crew
from projections.filling import effects_of, fill
from registry.statements import statement
from registry.store.codec import EventMapper
from registry.store.connection import Connection, enter

__all__ = ["create_schema", "drop_retired", "effects_of", "fill", "prepare", "rebuild"]

GRACE = timedelta(minutes=10)
"""How long a set stays that is in use no more: longer than any answer takes that began with it."""

_ATTEMPTS = 3
"""How often a set is begun that erasures drop; then one is built while nothing can be recorded."""

_LAST = 100
"""Events that may be left for when nobody can record."""

_ROUNDS = 50
"""Pages of catching up in a row that may bring it no nearer: the log grows as fast as it is read."""

_PAUSE_SECONDS = 0.2

_HELPED_FROM = 50_000
"""Events from which on helpers are called."""

_DROP_TASKS = statement("projections", "build_end")
_HEAD = statement("registry.store", "read_head")
_IMPATIENT = statement("projections", "impatient")
_IN_FORCE = statement("projections", "in_force")
_LOCK = statement("projections", "build_lock")
_LOCK_HEAD = statement("projections", "lock_head")
_RETIRED = statement("projections", "retired")
_SWITCH = statement("projections", "switch")
_UNLOCK = statement("projections", "build_unlock")


async def prepare(connection: Connection, mapper: EventMapper) -> str:
    """Return the set to use: the one in use if this program made it, else a new one built now."""
    found = await _fitting(connection)
    if found is not None:
        return found
    async with _alone(connection):
        # Another process may have built it while this one waited.
        return await _fitting(connection) or await _rebuilt(connection, mapper, None, None)


async def rebuild(
    connection: Connection, mapper: EventMapper, crew: Crew | None = None, told: Told | None = None
) -> str:
    """Build all projections from the whole log in a new set, put it into use, and return its name.

    Commands are recorded and answers given meanwhile. What an earlier rebuild left unfinished is taken up.
    ``crew`` are processes that help; ``told`` hears how far it is.
    """
    async with _alone(connection):
        return await _rebuilt(connection, mapper, crew, told)


async def drop_retired(connection: Connection, grace: timedelta = GRACE) -> list[str]:
    """Drop sets that went out of use longer than ``grace`` ago, and return their names."""
    dropped: list[str] = []
    for row in await connection.fetch(_RETIRED, grace):
        # Whoever still reads it is not disturbed: there is a next time.
        with suppress(asyncpg.LockNotAvailableError):
            async with connection.transaction():
                await connection.execute(_IMPATIENT)
                await drop(connection, row["name"])
            dropped.append(row["name"])
    return dropped


async def _fitting(connection: Connection) -> str | None:
    row = await connection.fetchrow(_IN_FORCE)
    return row["name"] if row is not None and row["fingerprint"] == fingerprint() else None


@asynccontextmanager
async def _alone(connection: Connection) -> AsyncIterator[None]:
    """Wait until nobody else builds, and keep others from it; a builder that dies is one no more."""
    while not await connection.fetchval(_LOCK):  # noqa: ASYNC110 - what others do sets no event here
        await asyncio.sleep(_PAUSE_SECONDS)
    try:
        yield
    finally:
        if not connection.is_closed():
            await connection.execute(_UNLOCK)


async def _rebuilt(connection: Connection, mapper: EventMapper, crew: Crew | None, told: Told | None) -> str:
    dropped = 0
    while dropped < _ATTEMPTS:
        name = await taken_up(connection) or await begin(connection)
        try:
            async with crew.working_on(name) if crew and await _is_long(connection) else nullcontext():
                await work(connection, mapper, name, told)
            await _catch_up(connection, mapper, name)
            async with connection.transaction():
                await connection.execute(_LOCK_HEAD)
                await _switch(connection, mapper, name)
        except SetDroppedError:
            dropped += 1
        except asyncpg.QueryCanceledError:
            # Whoever is about to drop the set ended what would have been in vain: look whether it is there.
            continue
        else:
            return name
    return await _rebuilt_alone(connection, mapper, told)


async def _is_long(connection: Connection) -> bool:
    """Say whether the log is long enough for a helper, which takes a second to come."""
    head = await connection.fetchrow(_HEAD)
    return head is not None and head["position"] >= _HELPED_FROM


async def _rebuilt_alone(connection: Connection, mapper: EventMapper, told: Told | None) -> str:
    """Build with the head locked all the time: slower for everybody, and nobody can be erased meanwhile."""
    async with connection.transaction():
        await connection.execute(_LOCK_HEAD)
        name = await begin(connection)
        await work(connection, mapper, name, told)
        await _switch(connection, mapper, name)
    return name


async def _catch_up(connection: Connection, mapper: EventMapper, name: str) -> None:
    """Take in most of what was recorded meanwhile, a transaction a page, until next to nothing is left."""
    await enter(connection, name)
    nearest: int | None = None
    in_vain = 0
    while in_vain < _ROUNDS:
        async with connection.transaction():
            position = await hold(connection, name)
            head = await connection.fetchrow(_HEAD)
            assert head is not None
            left = head["position"] - position
            if left <= _LAST:
                return
            await advance(connection, mapper, name, position)
        in_vain = 0 if nearest is None or left < nearest else in_vain + 1
        nearest = left if nearest is None else min(nearest, left)


async def _switch(connection: Connection, mapper: EventMapper, name: str) -> None:
    """Take in the last events and put the set into use; the caller has locked the head."""
    position = await hold(connection, name)
    while (further := await advance(connection, mapper, name, position)) > position:
        position = further
    await connection.execute(_DROP_TASKS)
    await connection.execute(_SWITCH, name)
