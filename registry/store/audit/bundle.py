"""An exported log checked without database and server (离线核验)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from hashlib import sha256
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from typing import NamedTuple

from registry.store.audit.database import tiles_of_tree
from registry.store.audit.examination import Chunk, Examination, mark_of
from registry.store.audit.export import CHECKPOINT, KEYS, read_tile
from registry.store.audit.findings import Fault, Verdict
from registry.store.audit.saved import Saved
from registry.store.merkle import HASH, fold_tile
from registry.store.notes import Checkpoint, Note, NoteError, Verifier
from registry.tile_paths import TILE_WIDTH, tile_path, tiles_of

_TILES_AT_ONCE = 64
_WORTH_PROCESSES = 200_000
"""Events from which on several processes are faster than one."""

_PREFIX = struct.pack(">I", 8)
_HEAD = slice(1, 1 + len(_PREFIX) + 8)
"""The bytes of a leaf that its position alone decides; the format before them says which columns follow."""


class _Read(NamedTuple):
    """What one tile gave: its hashes, and what is wrong with it by itself, if anything."""

    computed: bytes
    stored: bytes
    misplaced: int | None = None
    unfit: int | None = None
    problem: str = ""
    folded: bytes | None = None


def verify_bundle(
    folder: Path, saved: Saved | None = None, key: Verifier | None = None, processes: int | None = None
) -> Verdict:
    """Check an exported log whole; ``key`` is the log's as the auditor knows it.

    Without it the one saved with ``saved`` counts, and in the end the one that the export itself names.
    Raises NoteError, OSError when there is no log at all.
    """
    note = Note.of((folder / CHECKPOINT).read_text(encoding="utf-8"))
    checkpoint = Checkpoint.of(note.text)
    known = key or (saved.key if saved else None) or keys_of(folder)[0]
    examination = Examination([mark_of(checkpoint, "of this export", "本导出")], saved)
    if saved is not None:
        examination.check_note(saved.note, known, ("the checkpoint saved earlier", "早先留存的检查点"))
    _read(folder, examination, checkpoint.size, processes)
    _compare_tiles(folder, examination, checkpoint.size)
    examination.check_note(note, known, ("the checkpoint of this export", "本导出的检查点"))
    return examination.verdict(partial(leaves_around, folder, checkpoint.size))


def keys_of(folder: Path) -> list[Verifier]:
    """Return the keys that an export names, the log's first; raises NoteError."""
    keys = [Verifier.of(line) for line in (folder / KEYS).read_text(encoding="utf-8").splitlines()]
    if not keys:
        raise NoteError("the export names no key")
    return keys


def leaves_around(folder: Path, size: int, first: int, count: int) -> Sequence[bytes]:
    """Return the leaves from the position ``first`` on, as far as they can be read."""
    leaves: list[bytes] = []
    tiles = tiles_of(size)
    for index, width in tiles[(first - 1) // TILE_WIDTH :]:
        if len(leaves) >= count + TILE_WIDTH:
            break
        try:
            leaves += read_tile(folder, index, width).leaves
        except (OSError, ValueError):
            break
    start = (first - 1) % TILE_WIDTH
    return leaves[start : start + count]


def _read(folder: Path, examination: Examination, size: int, processes: int | None) -> None:
    for number, read in enumerate(_tiles(folder, size, processes)):
        first = number * TILE_WIDTH + 1
        if read.problem:
            examination.find(Fault.MISSING, first, read.problem, "该分块无法读取或不完整")
            return
        if read.misplaced is not None:
            examination.find(
                Fault.REORDERED,
                first + read.misplaced,
                "the event that stands there says another position",
                "该处事件自述的位置不同",
            )
        if read.unfit is not None:
            examination.find(
                Fault.ALTERED,
                first + read.unfit,
                "the entry does not hold the digest of the body",
                "条目与正文的摘要不符",
            )
        examination.take(Chunk(read.computed, read.stored, read.folded))


def _tiles(folder: Path, size: int, processes: int | None) -> Iterator[_Read]:
    tiles = tiles_of(size)
    workers = processes or (cpu_count() or 1 if size >= _WORTH_PROCESSES else 1)
    if workers == 1:
        yield from map(partial(_read_tile, folder), tiles)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) as pool:
        yield from pool.map(partial(_read_tile, folder), tiles, chunksize=_TILES_AT_ONCE)


def _read_tile(folder: Path, tile: tuple[int, int]) -> _Read:
    index, width = tile
    try:
        leaves, stored, unfit = read_tile(folder, index, width)
    except (OSError, ValueError) as error:
        return _Read(b"", b"", problem=str(error))
    first = index * TILE_WIDTH + 1
    places = struct.pack(f">{width}q", *range(first, first + width))
    heads = [_PREFIX + places[start : start + 8] for start in range(0, len(places), 8)]
    found = [content[_HEAD] for content in leaves]
    misplaced = None if found == heads else _differing(found, heads)
    computed = b"".join([sha256(b"\x00" + content).digest() for content in leaves])
    folded = fold_tile(computed) if width == TILE_WIDTH else None
    return _Read(computed, stored, misplaced, unfit, folded=folded)


def _differing(found: Sequence[bytes], expected: Sequence[bytes]) -> int:
    return next(place for place, one in enumerate(found) if one != expected[place])


def _compare_tiles(folder: Path, examination: Examination, size: int) -> None:
    """Compare the tiles above the leaves with those of the events."""
    if examination.tree.size != size:
        return
    for (level, index), hashes in tiles_of_tree(examination.tree).items():
        path = f"tile/{level}/{tile_path(index, len(hashes) // HASH)}"
        try:
            same = (folder / path).read_bytes() == hashes
        except OSError:
            same = False
        if not same:
            examination.find(Fault.TREE, None, f"{path} differs", f"{path} 不符")
            return
