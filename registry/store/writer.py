"""Writes what a batch has decided while the batch goes on deciding (批的写入).

Deciding is work for this process, writing is work for the database: the first part of a batch is written
while the rest is decided. All parts are one transaction; nobody sees any of them before the commit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from registry.events import Recorded
from registry.store.codec import EventMapper
from registry.store.connection import Wire
from registry.store.leaf import Row, leaf_hash
from registry.store.merkle import Tree
from registry.store.outcome import Kept
from registry.store.ports import Effect, Projections
from registry.store.rows import Column, Rows, insert

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

    def __init__(self, wire: Wire, mapper: EventMapper, projections: Projections, tree: Tree) -> None:
        """Write over ``wire``; ``tree`` grows by every event written."""
        self._wire = wire
        self._mapper = mapper
        self._projections = projections
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

    async def finish(self, part: Part) -> None:
        """Write ``part`` as the last one, after all others."""
        if self._task is not None:
            await self._task
        await self._write(part)

    async def abandon(self) -> None:
        """Wait until the connection is free, whatever came of it."""
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    async def _write(self, part: Part) -> None:
        async with self._wire.lock:
            begun = await self._projections.close(self._wire.connection, part.effects)
            events = [self._row(record) for record in part.records]
            await insert(
                self._wire.connection,
                [
                    Rows(_SCHEMA, "command", _COMMAND, part.kept),
                    Rows(_SCHEMA, "event", _EVENT, events),
                    *begun,
                ],
            )

    def _row(self, record: Recorded) -> tuple[object, ...]:
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
            body=self._mapper.encode(event),
        )
        hashed = leaf_hash(row)
        self._tree.append(hashed)
        return (*row, hashed)
