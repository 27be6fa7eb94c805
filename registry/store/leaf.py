"""The canonical bytes of an event: what its hash in the log is made over (叶字节).

Layout, all integers big-endian: one format byte; then every column of the event in the order of
:class:`Row`, each as a 4-byte length and its bytes, an absent one as length ``0xFFFFFFFF`` without bytes.
Integers are 8 bytes, identities their 16 bytes, dates ISO 8601 text, instants microseconds since 1970 in
UTC, text UTF-8. The layout is pinned by golden files: changing it would change every hash ever given out.
"""

from __future__ import annotations

import hashlib
import struct
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

FORMAT = 1
_ABSENT = b"\xff\xff\xff\xff"
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


def leaf_bytes(row: Row) -> bytes:
    """Return the canonical bytes of ``row``."""
    return bytes([FORMAT]) + b"".join(_field(value) for value in row)


def leaf_hash(row: Row) -> bytes:
    """Return the leaf hash of ``row``: SHA-256 over 0x00 and its canonical bytes (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x00" + leaf_bytes(row)).digest()


def _field(value: int | str | bytes | UUID | date | datetime | None) -> bytes:
    if value is None:
        return _ABSENT
    content = _content(value)
    return struct.pack(">I", len(content)) + content


def _content(value: int | str | bytes | UUID | date | datetime) -> bytes:
    match value:
        case int():
            return struct.pack(">q", value)
        case str():
            return value.encode()
        case bytes():
            return value
        case UUID():
            return value.bytes
        case datetime():
            return struct.pack(">q", (value - _EPOCH) // _MICROSECOND)
        case date():
            return value.isoformat().encode()
