"""Streams written into the log as they would have been recorded: sealed, hashed, by COPY (写入日志)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from bench.append.ours import migrated
from bench.reports.drawing import Stream
from registry.events import Recorded
from registry.store.codec import EventMapper
from registry.store.connection import Connection, connect
from registry.store.growth import advance
from registry.store.keyring import Keyring
from registry.store.leaf import Row, leaf_hash
from registry.store.merkle import Tree
from registry.store.sealing import sealed_body
from registry.subjects import named_in, subject_of

BEGUN = datetime(2021, 1, 1, tzinfo=UTC)
_CHUNK = 50_000
_COLUMNS = (*Row._fields, "leaf_hash")
_KEY_COLUMNS = tuple(column.name for column in Keyring(None).make(()).columns)


class Log:
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
        self.recorded_at = BEGUN
        self.before_corrections = BEGUN
        """An instant after which only what was recorded late was recorded."""
        self.late = 0
        """How many streams had something recorded late."""

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
                    corrects=getattr(event, "corrects", None),
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


async def copy(connection: Connection, log: Log, rows: Iterator[tuple[Any, ...]]) -> None:
    """Write ``rows`` that ``log`` gave, with the keys that it made for them."""
    while chunk := list(islice(rows, _CHUNK)):
        await connection.copy_records_to_table(
            "event", schema_name="registry", columns=_COLUMNS, records=chunk
        )
        await connection.copy_records_to_table(
            "person_key", schema_name="registry", columns=_KEY_COLUMNS, records=log.keys
        )
        log.keys.clear()


async def write_first(url: str, mapper: EventMapper, streams: Iterable[Stream], events: int) -> int:
    """Record the first ``events`` of ``streams`` in the empty database at ``url`` and return how many."""
    await migrated(url, mapper)
    connection = await connect(url)
    try:
        log = Log(mapper)
        await copy(connection, log, islice(log.rows(streams, BEGUN), events))
        await advance(connection, log.tree, log.recorded_at)
        await connection.execute("VACUUM ANALYZE registry.event")
        await connection.execute("VACUUM ANALYZE registry.person_key")
    finally:
        await connection.close()
    return log.position
