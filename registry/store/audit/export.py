"""The log written to a folder that proves itself (日志导出).

The folder is a C2SP tlog-tiles log that any server of files can serve: ``checkpoint``, ``tile/<L>/<N>`` and
``tile/entries/<N>``. Beside that lie the bodies of the events, whose digests the entries hold, and the keys.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from registry.statements import statement
from registry.store.connection import Connection
from registry.store.leaf import Row, leaf_bytes
from registry.store.merkle import HASH
from registry.store.nodes import hashes_at
from registry.store.notary import newest_checkpoint
from registry.store.notes import NoteError, Verifier
from registry.tile_paths import TILE_HEIGHT, TILE_WIDTH, tile_path, tiles_of

_ROWS = statement("registry.store", "audit_rows")
CHECKPOINT = "checkpoint"
KEYS = "keys"
ENTRIES = "tile/entries"
BODIES = "bodies"
_DIGEST = 32
_LENGTH = 2
_LONGEST = (1 << 8 * _LENGTH) - 1
_BODY_LENGTH = 4


async def export(connection: Connection, folder: Path, keys: Sequence[Verifier]) -> int:
    """Write the log up to its newest checkpoint into ``folder``, which must be empty; returns its size.

    Raises NoteError when nothing was signed yet or an event fits into no file, FileExistsError when
    something is there.
    """
    _prepare(folder)
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        signed = await newest_checkpoint(connection)
        if signed is None:
            raise NoteError("no checkpoint was signed yet: start the server once")
        for index, width in tiles_of(signed.size):
            await _write_events(connection, folder, index, width)
        for level in range(1, signed.size.bit_length() // TILE_HEIGHT + 1):
            for index, width in tiles_of(signed.size, level):
                [hashes] = await hashes_at(connection, [(level, index * TILE_WIDTH, width)])
                _write(folder / f"tile/{level}" / tile_path(index, width), hashes)
    _write(folder / CHECKPOINT, signed.note.encode())
    _write(folder / KEYS, "".join(f"{key}\n" for key in keys).encode())
    _write(folder / "README.md", (resources.files(__package__) / "bundle_readme.txt").read_bytes())
    return signed.size


def _prepare(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")


async def _write_events(connection: Connection, folder: Path, index: int, width: int) -> None:
    first = index * TILE_WIDTH
    rows = await connection.fetch(_ROWS, first, first + width)
    path = tile_path(index, width)
    leaves = [leaf_bytes(Row(*tuple(row)[:-1])) for row in rows]
    for position, content in enumerate(leaves, start=first + 1):
        if len(content) > _LONGEST:
            raise NoteError(f"event {position} is longer than any event can be: check the database itself")
    _write(folder / "tile/0" / path, b"".join(row["leaf_hash"] for row in rows))
    _write(folder / ENTRIES / path, bundled(leaves))
    bodies = b"".join(struct.pack(">I", len(row["body"])) + row["body"] for row in rows)
    _write(folder / BODIES / path, bodies)


def bundled(leaves: Sequence[bytes]) -> bytes:
    """Return a bundle of entries as C2SP tlog-tiles has it."""
    return b"".join(struct.pack(">H", len(content)) + content for content in leaves)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def split_entries(bundle: bytes, prefix: int) -> list[bytes]:
    """Return what stands in a file with lengths of ``prefix`` bytes; raises ValueError if it is cut off."""
    entries: list[bytes] = []
    at, end = 0, len(bundle)
    while at < end:
        start = at + prefix
        at = start + int.from_bytes(bundle[at:start], "big")
        if at > end:
            raise ValueError("it is cut off")
        entries.append(bundle[start:at])
    return entries


class Tile(NamedTuple):
    """What an export holds of a tile: leaves as they follow from the bodies, and the hashes stored (分块).

    ``unfit`` is the place of the first entry that holds another digest than that of its body.
    """

    leaves: list[bytes]
    stored: bytes
    unfit: int | None


def read_tile(folder: Path, index: int, width: int) -> Tile:
    """Return what there is of a tile; raises OSError, ValueError."""
    path = tile_path(index, width)
    entries = split_entries((folder / ENTRIES / path).read_bytes(), _LENGTH)
    bodies = split_entries((folder / BODIES / path).read_bytes(), _BODY_LENGTH)
    stored = (folder / "tile/0" / path).read_bytes()
    if len(entries) != width or len(bodies) != width or len(stored) != width * HASH:
        raise ValueError(f"{path} has {len(entries)} entries and {len(bodies)} bodies, not {width}")
    leaves = [entry[:-_DIGEST] + sha256(body).digest() for entry, body in zip(entries, bodies, strict=True)]
    unfit = None
    if leaves != entries:
        unfit = next(place for place in range(width) if leaves[place] != entries[place])
    return Tile(leaves, stored, unfit)
