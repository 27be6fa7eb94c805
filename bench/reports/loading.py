"""A city written into the log as it would have been recorded, and projected (载入城市)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Protocol

from bench.append.ours import migrated
from bench.kept import KEY
from bench.progress import progress
from bench.reports.city import City
from bench.reports.drawing import Stream
from bench.reports.log import BEGUN, Log, copy
from bench.reports.scale import Scale
from projections.crew import Crew
from projections.rebuild import rebuild
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.connection import Connection, connect
from registry.store.growth import advance
from registry.store.master import LocalMaster

_COUNTS = (Path(__file__).parent / "sql" / "city.sql").read_text(encoding="utf-8")
_LAST_DAY = date(2026, 1, 1)
_CORRECTED = datetime(2021, 6, 1, tzinfo=UTC)


class Loaded(NamedTuple):
    """A city in a database: the schema of its projections, an instant before what was recorded late, facts.

    The facts are what a reader of the benchmark wants to know of the city, by name.
    """

    projections: str
    before_corrections: datetime
    facts: Mapping[str, int | float]


class More(Protocol):
    """What is written into the same log as the city: what stands after it, and what was recorded late."""

    def streams(self, log: Log) -> Iterator[Stream]:
        """Yield streams; ``log`` is at the position before the first event of each."""
        ...

    def corrections(self) -> Iterator[Stream]:
        """Yield what was recorded late."""
        ...


async def write(connection: Connection, mapper: EventMapper, scale: Scale, more: More | None = None) -> Log:
    """Record the city and what stands beside it; return the log, which knows when the first part ended."""
    city, log = City(scale), Log(mapper)
    first = city.streams() if more is None else chain(city.streams(), more.streams(log))
    await copy(connection, log, log.rows(first, BEGUN))
    log.before_corrections = log.recorded_at
    late = [*city.corrections(), *(() if more is None else more.corrections())]
    await copy(connection, log, log.rows(late, _CORRECTED))
    log.late = len(late)
    await advance(connection, log.tree, log.recorded_at)
    return log


async def load(url: str, scale: Scale, key: bytes = KEY, more: More | None = None) -> Loaded:
    """Write the city into the empty database at ``url`` and build its projections.

    What it says of people is sealed under the master ``key``.
    """
    mapper = EventMapper(EVENTS, LocalMaster([key]))
    await migrated(url, mapper)
    connection = await connect(url)
    try:
        log = await write(connection, mapper, scale, more)
        progress(f"{log.position:,} events written, projecting")
        projections = await rebuild(connection, mapper, Crew(url, partial(_master, key=key)))
        await connection.execute("VACUUM ANALYZE")
        counts = await _counts(connection, projections)
    finally:
        await connection.close()
    facts = {**counts, "events": log.position, "late": log.late}
    return Loaded(projections, log.before_corrections, facts)


async def write_log(url: str, scale: Scale, key: bytes = KEY) -> int:
    """Write the city into the empty database at ``url``, without projections; return how many events."""
    mapper = EventMapper(EVENTS, LocalMaster([key]))
    await migrated(url, mapper)
    connection = await connect(url)
    try:
        log = await write(connection, mapper, scale)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()
    return log.position


async def _master(_: Connection, key: bytes) -> LocalMaster:
    return LocalMaster([key])


async def _counts(connection: Connection, projections: str) -> dict[str, int]:
    """Return how much there is on the last day of all."""
    row = await connection.fetchrow(_COUNTS.format(schema=projections), _LAST_DAY)
    assert row is not None
    return dict(row)
