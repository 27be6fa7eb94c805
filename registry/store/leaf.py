"""The canonical bytes of an event: what its hash in the log is made over (叶字节).

Layout, all integers big-endian: one format byte; then every column of the event in the order of
:class:`Row`, each as a 4-byte length and its bytes, an absent one as length ``0xFFFFFFFF`` without bytes.
An event that somebody proposed and another one approved has the next format: its submitter stands before the
body, which is last. Every other event has the leaf that it always had.
Integers are 8 bytes, identities their 16 bytes, dates ISO 8601 text, instants microseconds since 1970 in
UTC, text UTF-8. Of the body its SHA-256 stands here: a leaf has to fit into 65,535 bytes wherever logs are
served, and who may see that something was recorded need not see what (docs/decisions/0021-proof.md). The
layout is pinned by golden files: changing it would change every hash ever given out.
"""

from __future__ import annotations

import hashlib
import struct
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from registry.store.merkle import HASH, leaf

FORMAT = 2
PROPOSED = 3
"""The format of an event that was proposed: as before, with its submitter."""

_ABSENT = b"\xff\xff\xff\xff"
_PLACE = struct.Struct(">BIqI16sIqI")
_DAY = struct.Struct(">I10sIqI")
_INTEGER = struct.Struct(">Iq")
_IDENTITY = struct.Struct(">I16s")
_LENGTH = struct.Struct(">I")
_DIGEST = struct.Struct(">I32s")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Row(NamedTuple):
    """An event as it stands in the table of the log, column by column."""

    position: int
    stream_id: UUID
    version: int
    topic: str
    effective_on: date
    recorded_at: datetime
    actor: str
    command_id: UUID
    cause: int | None
    corrects: int | None
    instrument: UUID | None
    body: bytes
    submitter: str | None = None


def leaf_bytes(row: Row) -> bytes:
    """Return the canonical bytes of ``row``."""
    topic, actor = row.topic.encode(), row.actor.encode()
    layout = FORMAT if row.submitter is None else PROPOSED
    return b"".join(
        (
            _PLACE.pack(layout, 8, row.position, 16, row.stream_id.bytes, 8, row.version, len(topic)),
            topic,
            _DAY.pack(10, row.effective_on.isoformat().encode(), 8, _instant(row.recorded_at), len(actor)),
            actor,
            _IDENTITY.pack(16, row.command_id.bytes),
            _ABSENT if row.cause is None else _INTEGER.pack(8, row.cause),
            _ABSENT if row.corrects is None else _INTEGER.pack(8, row.corrects),
            _ABSENT if row.instrument is None else _IDENTITY.pack(16, row.instrument.bytes),
            b"" if row.submitter is None else _text(row.submitter),
            _DIGEST.pack(HASH, hashlib.sha256(row.body).digest()),
        )
    )


def leaf_hash(row: Row) -> bytes:
    """Return the leaf hash of ``row``: SHA-256 over 0x00 and its canonical bytes (RFC 6962, section 2.1)."""
    return leaf(leaf_bytes(row))


def _text(value: str) -> bytes:
    content = value.encode()
    return _LENGTH.pack(len(content)) + content


def _instant(value: datetime) -> int:
    return (value - _EPOCH) // _MICROSECOND
