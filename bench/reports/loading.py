"""A city written into the log as it would have been recorded, and projected (载入城市)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from bench.append.ours import migrated
from bench.command_line import progress
from bench.reports.city import City, Stream
from bench.reports.scale import Scale
from projections.rebuild import rebuild
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.connection import Connection, connect

_CHUNK = 50_000
_BEGUN = datetime(2021, 1, 1, tzinfo=UTC)
_CORRECTED = datetime(2021, 6, 1, tzinfo=UTC)
_COLUMNS = (
    "position",
    "stream_id",
    "version",
    "topic",
    "effective_on",
    "recorded_at",
    "actor",
    "command_id",
    "body",
)


class Loaded(NamedTuple):
    """A city in a database: the schema of its projections, its root, an instant before the corrections."""

    projections: str
    root: UUID
    before_corrections: datetime
    events: int


class _Log:
    """Gives events their positions, versions and instants."""

    def __init__(self, mapper: EventMapper) -> None:
        self._mapper = mapper
        self._versions: Counter[UUID] = Counter()
        self.position = 0
        self.recorded_at = _BEGUN

    def rows(self, streams: Iterable[Stream], since: datetime) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of ``streams``; each stream is one command."""
        for number, (stream, events) in enumerate(streams):
            self.recorded_at = since + timedelta(microseconds=number)
            for event in events:
                self.position += 1
                self._versions[stream] += 1
                yield (
                    self.position,
                    stream,
                    self._versions[stream],
                    event.topic,
                    event.effective_on,
                    self.recorded_at,
                    "bench",
                    UUID(int=self.position),
                    self._mapper.encode(event),
                )


async def load(url: str, scale: Scale) -> Loaded:
    """Write the city into the empty database at ``url`` and build its projections."""
    mapper = EventMapper(EVENTS)
    await migrated(url, mapper)
    connection = await connect(url)
    try:
        city, log = City(scale), _Log(mapper)
        await _copy(connection, log.rows(city.streams(), _BEGUN))
        before = log.recorded_at
        await _copy(connection, log.rows(city.corrections(), _CORRECTED))
        await connection.execute(
            "UPDATE registry.head SET position = $1, recorded_at = $2", log.position, log.recorded_at
        )
        progress(f"{log.position} events written, projecting")
        projections = await rebuild(connection, mapper)
        await connection.execute("VACUUM ANALYZE")
        progress("projected")
    finally:
        await connection.close()
    return Loaded(projections, city.root, before, log.position)


async def _copy(connection: Connection, rows: Iterator[tuple[Any, ...]]) -> None:
    while chunk := list(islice(rows, _CHUNK)):
        await connection.copy_records_to_table(
            "event", schema_name="registry", columns=_COLUMNS, records=chunk
        )
