"""What entities bore that are in memory no more, kept small: a million of them have to fit (旧标识簿). Pure.

A million memberships bear two identifiers each. As objects of their own they would take four times the room.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from itertools import chain
from uuid import UUID

from registry.reads import Bearer

_KEY, _ID, _DAY = 16, 16, 4
_SLOT = _KEY + _ID + 2 * _DAY
_NOTHING = bytes(_KEY)
_PARTS = 256
"""One for each value of the last byte of a digest."""

_FIRST = 8
"""Slots of a part to begin with; a power of two, as always."""


class Borne:
    """Who bore which identifier when (旧标识簿), in parts of which each grows alone: no growth takes long."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._parts = [_Part() for _ in range(_PARTS)]
        self._schemes: set[str] = set()

    def __len__(self) -> int:
        """Return how many bearers there are."""
        return sum(part.taken for part in self._parts)

    def put(self, pair: tuple[str, str], bearer: Bearer) -> None:
        """Note that ``bearer`` bears ``pair``."""
        digest = _digest(pair)
        self._schemes.add(pair[0])
        days = (day.toordinal().to_bytes(_DAY, "big") for day in (bearer.start, bearer.end))
        self._parts[digest[-1]].put(b"".join((digest, bearer.entity.bytes, *days)))

    def of(self, pair: tuple[str, str]) -> list[Bearer]:
        """Return who bears ``pair``, in the order in which they were noted."""
        if pair[0] not in self._schemes:
            return []
        digest = _digest(pair)
        return [_bearer(packed) for packed in self._parts[digest[-1]].of(digest)]


class _Part:
    """A table of slots, each of a digest and a bearer.

    What has the same place goes into the next free one. A third of the slots at least is free: whoever looks
    soon comes to the end of what may be meant.
    """

    def __init__(self) -> None:
        self.taken = 0
        self._slots = _FIRST
        self._table = bytearray(_FIRST * _SLOT)

    def put(self, record: bytes) -> None:
        """Keep a record, which begins with its digest."""
        if 3 * self.taken >= 2 * self._slots:
            self._grow()
        self._place(record)
        self.taken += 1

    def of(self, digest: bytes) -> Iterator[bytearray]:
        """Yield what follows ``digest`` in each record that begins with it."""
        slot = int.from_bytes(digest[:8], "big") % self._slots
        while (key := self._table[(at := slot * _SLOT) : at + _KEY]) != _NOTHING:
            if key == digest:
                yield self._table[at + _KEY : at + _SLOT]
            slot = (slot + 1) % self._slots

    def _place(self, record: bytes) -> None:
        slot = int.from_bytes(record[:8], "big") % self._slots
        while self._table[(at := slot * _SLOT) : at + _KEY] != _NOTHING:
            slot = (slot + 1) % self._slots
        self._table[at : at + _SLOT] = record

    def _grow(self) -> None:
        """Make twice as many slots, keeping the order of those that have one digest."""
        old = self._table
        self._slots *= 2
        self._table = bytearray(self._slots * _SLOT)
        # A run may go over the end: beginning after a free slot, what came first is placed first.
        begin = next(at for at in range(0, len(old), _SLOT) if old[at : at + _KEY] == _NOTHING)
        for at in chain(range(begin, len(old), _SLOT), range(0, begin, _SLOT)):
            if old[at : at + _KEY] != _NOTHING:
                self._place(bytes(old[at : at + _SLOT]))


def _digest(pair: tuple[str, str]) -> bytes:
    return hashlib.blake2b("\x1f".join(pair).encode(), digest_size=_KEY).digest()


def _bearer(packed: bytes | bytearray) -> Bearer:
    start, end = (int.from_bytes(packed[at : at + _DAY], "big") for at in (_ID, _ID + _DAY))
    return Bearer(UUID(bytes=bytes(packed[:_ID])), date.fromordinal(start), date.fromordinal(end))
