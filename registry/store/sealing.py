"""Events sealed when they are written and opened when they are read (密封与启封)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import asyncpg

from registry.events import Event, Recorded
from registry.store.codec import Envelope, EventMapper, Seal
from registry.store.connection import Connection
from registry.store.keyring import Keyring, Place
from registry.subjects import subject_named


def sealed_body(mapper: EventMapper, keys: Keyring, record: Recorded, subject: UUID | None) -> bytes:
    """Return the body of an event as the log holds it; ``subject`` is whose the stream is, if anybody's."""
    if subject is None:
        return mapper.encode(record.event)
    return mapper.encode(record.event, _sealer(keys, record, subject))


def _sealer(keys: Keyring, record: Recorded, subject: UUID) -> Seal:
    def seal(event: Event, content: bytes) -> Envelope:
        person = subject_named(event, subject)
        place = Place(record.originator_id, record.originator_version, event.topic)
        return Envelope(person, keys.seal(person, place, content))

    return seal


async def opened(
    connection: Connection, mapper: EventMapper, rows: Sequence[asyncpg.Record], keys: Keyring | None = None
) -> list[Recorded]:
    """Return the events of ``rows`` of the log, with the keys that it takes fetched in one statement.

    Without ``keys`` they are fetched for these rows alone, and forgotten.
    """
    ring = Keyring(mapper.master) if keys is None else keys
    await ring.load(connection, {of for row in rows for of in mapper.subjects(row["topic"], row["body"])})
    return [_recorded(mapper, row, ring) for row in rows]


def _recorded(mapper: EventMapper, row: asyncpg.Record, keys: Keyring) -> Recorded:
    erased: set[UUID] = set()

    def unseal(topic: str, envelope: Envelope) -> bytes | None:
        place = Place(row["stream_id"], row["version"], topic)
        content = keys.open(envelope.of, place, envelope.sealed)
        if content is None:
            erased.add(envelope.of)
        return content

    return Recorded(
        originator_id=row["stream_id"],
        originator_version=row["version"],
        position=row["position"],
        event=mapper.decode(row["topic"], row["body"], unseal),
        recorded_at=row["recorded_at"],
        actor=row["actor"],
        command_id=row["command_id"],
        cause=row["cause"],
        corrects=row["corrects"],
        erased=frozenset(erased),
        submitter=row["submitter"],
    )
