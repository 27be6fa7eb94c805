"""A checkpoint that an auditor keeps, with the hashes of the leaves beside it (留存检查点).

A signed note alone says that something before its size was changed, not where: it is one hash. Whoever wants
the position keeps the leaves' hashes, too: 32 bytes an event, which tell nothing of what the events say, and
which are not to be believed but checked against the note's root.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Self

from registry.store.merkle import HASH, Tree
from registry.store.notes import Checkpoint, Note, NoteError, Verifier

KEY = ".key"
HASHES = ".hashes"


class Saved(NamedTuple):
    """A checkpoint of an earlier day; ``key`` and ``hashes`` if they were kept with it."""

    note: Note
    checkpoint: Checkpoint
    key: Verifier | None
    hashes: bytes | None

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read ``path`` and what lies beside it; raises NoteError, OSError."""
        note = Note.of(path.read_text(encoding="utf-8"))
        checkpoint = Checkpoint.of(note.text)
        key, hashes = path.with_name(path.name + KEY), path.with_name(path.name + HASHES)
        kept = hashes.read_bytes() if hashes.exists() else None
        if kept is not None:
            _check(hashes, kept, checkpoint)
        verifier = Verifier.of(key.read_text(encoding="utf-8")) if key.exists() else None
        return cls(note, checkpoint, verifier, kept)


def save(path: Path, note: str, key: Verifier, hashes: bytes | None) -> None:
    """Write a checkpoint to ``path``, its key and perhaps the hashes of its leaves beside it."""
    path.write_text(note, encoding="utf-8")
    path.with_name(path.name + KEY).write_text(f"{key}\n", encoding="utf-8")
    if hashes is not None:
        path.with_name(path.name + HASHES).write_bytes(hashes)


def _check(path: Path, hashes: bytes, checkpoint: Checkpoint) -> None:
    if len(hashes) == HASH * checkpoint.size:
        tree = Tree()
        tree.extend(hashes)
        if tree.root == checkpoint.root:
            return
    raise NoteError(f"{path} does not hold the hashes of the {checkpoint.size} leaves of its checkpoint")
