"""All that is held on one person: the copy that is the person's due (个人信息副本)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from graphql_api.accesses import read_by
from projections.held import Due, due, records_of, shown_of
from registry.correction.events import Amended
from registry.events import Event, Recorded
from registry.statements import statement
from registry.store.codec import EventMapper
from registry.store.connection import Connection
from registry.store.keyring import Keyring
from registry.store.sealing import opened

_EVENTS = statement("registry.store", "events_about")
_HEAD = statement("registry.store", "read_head")

Connections = Callable[[], AbstractAsyncContextManager[Connection]]


class PersonData:
    """Collects it, in one snapshot, over connections that find the projections by their bare names."""

    def __init__(self, connections: Connections, mapper: EventMapper, years: int) -> None:
        """Read over ``connections``, open with the master key of ``mapper``; data is kept ``years`` years."""
        self._years = years
        self._connections = connections
        self._mapper = mapper

    async def held_on(self, person: UUID) -> dict[str, Any] | None:
        """Return every event about the person in clear, and what the tables show now; None for nobody."""
        async with (
            self._connections() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            return await collected(connection, self._mapper, person)

    async def due(self, day: date) -> Sequence[Due]:
        """Return whose data has been kept for as long as it is to be kept."""
        async with self._connections() as connection:
            return await due(connection, day, self._years)


async def collected(connection: Connection, mapper: EventMapper, person: UUID) -> dict[str, Any] | None:
    """Return it as JSON would have it, with who has read what is restricted of it."""
    records = await records_of(connection, person)
    head = await connection.fetchrow(_HEAD)
    assert head is not None
    events = await _opened(connection, mapper, records)
    if not events:
        return None
    told: dict[str, Any] = {
        "person": person,
        "records": records,
        "position": head["position"],
        "events": [_told(record, frozenset(records)) for record in events],
        "current": await shown_of(connection, records),
        "accesses": await read_by(connection, records),
    }
    found: dict[str, Any] = msgspec.to_builtins(told)
    return found


async def _opened(connection: Connection, mapper: EventMapper, records: Sequence[UUID]) -> list[Recorded]:
    """Return the events that name any of ``records``; what they hold of others stays closed."""
    rows = await connection.fetch(_EVENTS, records)
    keys = Keyring(mapper.master)
    keys.close({of for row in rows for of in mapper.subjects(row["topic"], row["body"])} - set(records))
    return await opened(connection, mapper, rows, keys)


def _told(record: Recorded, records: frozenset[UUID]) -> dict[str, Any]:
    erased = record.erased & records
    return {
        "position": record.position,
        "stream": record.originator_id,
        "topic": record.event.topic,
        "recordedAt": record.recorded_at,
        "actor": record.actor,
        "submitter": record.submitter,
        "corrects": record.corrects,
        "erased": bool(erased),
        "data": {} if erased else _data(record.event, closed=bool(record.erased)),
    }


def _data(event: Event, *, closed: bool) -> dict[str, Any]:
    """Return what an event says, the replacement of an amendment under its topic.

    ``closed`` leaves out what is of somebody else.
    """
    said: dict[str, Any] = msgspec.to_builtins(event)
    if closed:
        said = {name: value for name, value in said.items() if name not in {*event.personal, "reason"}}
    if isinstance(event, Amended):
        replacement = _data(event.replacement, closed=closed)
        said |= {"topic": event.replacement.topic, "replacement": replacement}
    return said
