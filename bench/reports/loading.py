"""A city written into the log as it would have been recorded, and projected (载入城市)."""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from bench.append.ours import migrated
from bench.command_line import progress
from bench.reports.city import City
from bench.reports.drawing import Stream
from bench.reports.scale import Scale
from projections.rebuild import rebuild
from registry.events import Recorded
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.connection import Connection, connect
from registry.store.growth import advance
from registry.store.keyring import Keyring
from registry.store.leaf import Row, leaf_hash
from registry.store.master import KEY_BYTES, LocalMaster
from registry.store.merkle import Tree
from registry.store.sealing import sealed_body
from registry.subjects import named_in, subject_of

_COUNTS = (Path(__file__).parent / "sql" / "city.sql").read_text(encoding="utf-8")
_LAST_DAY = date(2026, 1, 1)
_CHUNK = 50_000
_BEGUN = datetime(2021, 1, 1, tzinfo=UTC)
_CORRECTED = datetime(2021, 6, 1, tzinfo=UTC)
_COLUMNS = (*Row._fields, "leaf_hash")
_KEY_COLUMNS = tuple(column.name for column in Keyring(None).make(()).columns)


class Loaded(NamedTuple):
    """A city in a database: the schema of its projections, an instant before what was recorded late, facts.

    The facts are what a reader of the benchmark wants to know of the city, by name.
    """

    projections: str
    before_corrections: datetime
    facts: Mapping[str, int | float]


class _Log:
    """Gives events their positions, versions and instants, and seals what they say of people."""

    def __init__(self, mapper: EventMapper) -> None:
        self._mapper = mapper
        self._ring = Keyring(mapper.master)
        self._versions: Counter[UUID] = Counter()
        self._subjects: dict[UUID, UUID | None] = {}
        self.keys: list[tuple[Any, ...]] = []
        """Keys that were made and are not written yet."""
        self.position = 0
        self.tree = Tree()
        self.recorded_at = _BEGUN

    def rows(self, streams: Iterable[Stream], since: datetime) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of ``streams``; each stream is one command."""
        for number, (stream, events) in enumerate(streams):
            self.recorded_at = since + timedelta(microseconds=number)
            for event in events:
                self.position += 1
                self._versions[stream] += 1
                record = Recorded(
                    originator_id=stream,
                    originator_version=self._versions[stream],
                    position=self.position,
                    event=event,
                    recorded_at=self.recorded_at,
                    actor="bench",
                    command_id=UUID(int=self.position),
                )
                yield self._row(record)

    def _row(self, record: Recorded) -> tuple[Any, ...]:
        row = Row(
            position=record.position,
            stream_id=record.originator_id,
            version=record.originator_version,
            topic=record.event.topic,
            effective_on=record.event.effective_on,
            recorded_at=record.recorded_at,
            actor=record.actor,
            command_id=record.command_id,
            cause=record.cause,
            corrects=record.corrects,
            instrument=record.event.instrument,
            body=sealed_body(self._mapper, self._ring, record, self._subject(record)),
        )
        hashed = leaf_hash(row)
        self.tree.append(hashed)
        return (*row, hashed)

    def _subject(self, record: Recorded) -> UUID | None:
        """Return whose the stream is, with the keys made that its event takes."""
        stream = record.originator_id
        if stream not in self._subjects:
            self._subjects[stream] = subject_of((record,))
        subject = self._subjects[stream]
        if subject is not None:
            self.keys += self._ring.make(named_in(record.event, subject)).records
        return subject


async def load(url: str, scale: Scale, key: bytes | None = None) -> Loaded:
    """Write the city into the empty database at ``url`` and build its projections.

    What it says of people is sealed under the master ``key``, by default one that nobody else has.
    """
    mapper = EventMapper(EVENTS, LocalMaster([key or secrets.token_bytes(KEY_BYTES)]))
    await migrated(url, mapper)
    connection = await connect(url)
    try:
        city, log = City(scale), _Log(mapper)
        started = time.perf_counter()
        await _copy(connection, log, city.streams(), _BEGUN)
        before = log.recorded_at
        late = list(city.corrections())
        await _copy(connection, log, late, _CORRECTED)
        await advance(connection, log.tree, log.recorded_at)
        written = time.perf_counter()
        progress(f"reports: {log.position} events written, projecting")
        projections = await rebuild(connection, mapper)
        projected = time.perf_counter()
        progress(f"reports: projected in {projected - written:.0f} s")
        await connection.execute("VACUUM ANALYZE")
        facts = {
            **await _counts(connection, projections),
            "events": log.position,
            "late": len(late),
            "written": written - started,
            "projected": projected - written,
            "rate": log.position / (projected - written),
        }
    finally:
        await connection.close()
    return Loaded(projections, before, facts)


async def _counts(connection: Connection, projections: str) -> dict[str, int]:
    """Return how much there is on the last day of all."""
    row = await connection.fetchrow(_COUNTS.format(schema=projections), _LAST_DAY)
    assert row is not None
    return dict(row)


async def _copy(connection: Connection, log: _Log, streams: Iterable[Stream], since: datetime) -> None:
    rows = log.rows(streams, since)
    while chunk := list(islice(rows, _CHUNK)):
        await connection.copy_records_to_table(
            "event", schema_name="registry", columns=_COLUMNS, records=chunk
        )
        await connection.copy_records_to_table(
            "person_key", schema_name="registry", columns=_KEY_COLUMNS, records=log.keys
        )
        log.keys.clear()
