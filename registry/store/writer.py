"""Writes what a batch has decided while the batch goes on deciding (批的写入).

Deciding is work for this process, writing is work for the database: the first part of a batch is written
while the rest is decided. All parts are one transaction; nobody sees any of them before the commit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from registry.events import Recorded
from registry.statements import statement
from registry.store.codec import EventMapper
from registry.store.connection import Wire
from registry.store.growth import advanced
from registry.store.keyring import Keyring
from registry.store.leaf import Row, leaf_hash
from registry.store.merkle import Tree
from registry.store.outcome import Kept
from registry.store.ports import Effect, Projections
from registry.store.rows import Column, Rows, insert
from registry.store.sealing import sealed_body
from registry.subjects import erased_by, named_in, subject_of

_ERASE_REFUSALS = statement("registry.store", "erase_refusals")
_SCHEMA = "registry"
_EVENT = (
    Column("position", "bigint"),
    Column("stream_id", "uuid"),
    Column("version", "integer"),
    Column("topic", "text"),
    Column("effective_on", "date"),
    Column("recorded_at", "timestamptz"),
    Column("actor", "text"),
    Column("command_id", "uuid"),
    Column("cause", "bigint"),
    Column("corrects", "bigint"),
    Column("instrument", "uuid"),
    Column("body", "bytea"),
    Column("submitter", "text"),
    Column("leaf_hash", "bytea"),
)
_COMMAND = (
    Column("id", "uuid"),
    Column("digest", "bytea"),
    Column("kind", "text"),
    Column("actor", "text"),
    Column("outcome", "text"),
    Column("refusal", "bytea"),
    Column("first_position", "bigint"),
    Column("last_position", "bigint"),
    Column("recorded_at", "timestamptz"),
)


class Part(NamedTuple):
    """Some of what a batch decided, in order: events, what they changed, and answers."""

    records: Sequence[Recorded]
    effects: Sequence[Effect]
    kept: Sequence[Kept]


class Writer:
    """Writes the parts of one batch over one connection, one after another."""

    def __init__(
        self, wire: Wire, mapper: EventMapper, projections: Projections, keys: Keyring, tree: Tree
    ) -> None:
        """Write over ``wire``, and seal with ``keys``; ``tree`` grows by every event written."""
        self._wire = wire
        self._mapper = mapper
        self._projections = projections
        self._keys = keys
        self._tree = tree
        self._task: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether a part is being written."""
        return self._task is not None and not self._task.done()

    def begin(self, part: Part) -> None:
        """Begin to write ``part``; the writer must not be busy. What goes wrong is told by :meth:`finish`."""
        assert not self.busy
        if self._task is not None:
            self._task.result()
        self._task = asyncio.create_task(self._write(part), name="writer")

    async def finish(self, part: Part, recorded_at: datetime | None) -> None:
        """Write ``part`` as the last one; the head moves to its end at ``recorded_at``, if that is given.

        The head moves in the statement that writes the last rows: a round trip of its own would cost a small
        batch a tenth of its time.
        """
        if self._task is not None:
            await self._task
        await self._write(part, recorded_at)

    async def abandon(self) -> None:
        """Wait until the connection is free, whatever came of it."""
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    async def _write(self, part: Part, recorded_at: datetime | None = None) -> None:
        async with self._wire.lock:
            connection = self._wire.connection
            begun = await self._projections.close(connection, part.effects)
            subjects = _subjects(part.effects)
            made = await self._keys_for(part.records, subjects)
            events = [self._row(record, subjects[record.originator_id]) for record in part.records]
            await insert(
                connection,
                [
                    Rows(_SCHEMA, "command", _COMMAND, part.kept),
                    made,
                    Rows(_SCHEMA, "event", _EVENT, events),
                    *begun,
                ],
                None if recorded_at is None else advanced(self._tree, recorded_at),
                alone=len(part.kept) == 1,
            )
            erased = erased_by(part.records)
            if erased:
                await self._keys.erase(connection, erased)
                streams = await self._projections.erase(connection, erased)
                await connection.execute(_ERASE_REFUSALS, erased[0], [*erased, *streams])

    async def _keys_for(self, records: Sequence[Recorded], subjects: Mapping[UUID, UUID | None]) -> Rows:
        """Have the keys at hand that ``records`` are sealed with, and return those made for it."""
        persons: dict[UUID, None] = {}
        for record in records:
            subject = subjects[record.originator_id]
            if subject is not None:
                persons.update(dict.fromkeys(named_in(record.event, subject)))
        await self._keys.load(self._wire.connection, persons)
        return self._keys.make(persons)

    def _row(self, record: Recorded, subject: UUID | None) -> tuple[object, ...]:
        event = record.event
        row = Row(
            position=record.position,
            stream_id=record.originator_id,
            version=record.originator_version,
            topic=event.topic,
            effective_on=event.effective_on,
            recorded_at=record.recorded_at,
            actor=record.actor,
            command_id=record.command_id,
            cause=record.cause,
            corrects=record.corrects,
            instrument=event.instrument,
            body=sealed_body(self._mapper, self._keys, record, subject),
            submitter=record.submitter,
        )
        hashed = leaf_hash(row)
        self._tree.append(hashed)
        return (*row, hashed)


def _subjects(effects: Sequence[Effect]) -> dict[UUID, UUID | None]:
    """Return whose each stream is that was written to."""
    return {
        change.after.id: subject_of(change.after.records) for effect in effects for change in effect.changes
    }
