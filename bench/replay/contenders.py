"""Who reads the log: the registry, as events or as folded entities, and asyncpg its bare rows (竞争者)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import aclosing, nullcontext
from functools import partial
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from registry.statements import statement
from registry.store.codec import EventMapper
from registry.store.connection import Connection, connect
from registry.store.feed import Feed
from registry.store.keyring import Keyring
from registry.store.sealing import opened
from registry.store.streams import folded

AT_A_TIME = 5_000
"""Rows that are fetched at once: as many as a rebuild takes to a task."""

_EVENTS_AFTER = statement("registry.store", "events_after")
_PART = statement("projections", "part_events")
_LAST = 2**63 - 1
_STREAM = attrgetter("originator_id")


class Written(NamedTuple):
    """A log in a database, how many events it has, and what opens them."""

    url: str
    events: int
    mapper: EventMapper


Reading = Callable[[Written, Connection], Awaitable[int]]
"""Reads the whole log and returns how many events or rows it came to."""


async def read_pages(log: Written, connection: Connection) -> int:
    """Read, decode and open the log in order, page by page; the keys that were met are kept."""
    ring, after, count = Keyring(log.mapper.master), 0, 0
    while rows := await connection.fetch(_EVENTS_AFTER, after, AT_A_TIME):
        records = await opened(connection, log.mapper, rows, ring)
        after, count = records[-1].position, count + len(records)
    return count


async def follow(log: Written, connection: Connection) -> int:
    """Read the log through the feed, which yields one event after another, as subscriptions have it."""
    count = 0
    feed = Feed(partial(connect, log.url), lambda: nullcontext(connection), log.mapper)
    async with aclosing(feed.follow(0)) as events:
        async for _record in events:
            count += 1
            if count == log.events:
                break
    return count


async def fold_all(log: Written, connection: Connection) -> int:
    """Read the log by streams as a rebuild does, open it, and fold every stream into its entity."""
    ring, count = Keyring(log.mapper.master), 0
    for first, until in _parts(log):
        rows = await connection.fetch(_PART, first, until, _LAST)
        records = await opened(connection, log.mapper, rows, ring)
        for _stream, of_one in groupby(records, key=_STREAM):
            count += folded(tuple(of_one)).version
    return count


async def select_pages(_: Written, connection: Connection) -> int:
    """Fetch the same columns in order, page by page, by the same statement; nothing is decoded."""
    after, count = 0, 0
    while rows := await connection.fetch(_EVENTS_AFTER, after, AT_A_TIME):
        after, count = rows[-1]["position"], count + len(rows)
    return count


async def select_parts(log: Written, connection: Connection) -> int:
    """Fetch the same columns by streams by the same statement; nothing is decoded or folded."""
    return sum([len(await connection.fetch(_PART, first, until, _LAST)) for first, until in _parts(log)])


def _parts(log: Written) -> Iterator[tuple[UUID, UUID]]:
    """Yield the bounds of ranges of ids that hold some `AT_A_TIME` events each: ids are as if by chance."""
    count = log.events // AT_A_TIME + 1
    bounds = [UUID(int=(2**128 - 1) * number // count) for number in range(count + 1)]
    return pairwise(bounds)
