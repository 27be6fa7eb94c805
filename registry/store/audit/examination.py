"""Checks a log as it is read, chunk by chunk (核验过程).

Leaf hashes are computed from the events themselves; nothing that the keeper of the log stored beside them is
believed. They are compared with the hashes stored, with those an auditor kept, and the roots they make with
every checkpoint at hand.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable, Sequence
from typing import NamedTuple

from registry.store.audit.findings import Fault, Finding, Verdict
from registry.store.audit.saved import Saved
from registry.store.merkle import EMPTY, HASH, Tree, leaf
from registry.store.notes import Checkpoint, Note, NoteError, Verifier

_WINDOW = 1024
"""How far around a position a displaced event is looked for."""

_BEFORE_POSITION = 5
_AFTER_POSITION = 13

Leaves = Callable[[int, int], Sequence[bytes]]
"""Gives the canonical bytes of the events from a position on, at most so many."""


class Chunk(NamedTuple):
    """Events that follow each other: their hashes as computed and as stored, side by side (片段)."""

    computed: bytes
    stored: bytes
    folded: bytes | None = None
    """The node over them, if they fill a tile and whoever computed them has folded them already."""


class Mark(NamedTuple):
    """A size at which the root is known, and who says so (对照点)."""

    size: int
    root: bytes
    english: str
    chinese: str


def mark_of(checkpoint: Checkpoint, english: str, chinese: str) -> Mark:
    """Return the mark that a checkpoint makes."""
    return Mark(checkpoint.size, checkpoint.root, english, chinese)


class Examination:
    """Takes the log from its beginning; ask for the verdict at its end (核验)."""

    def __init__(self, marks: Sequence[Mark], saved: Saved | None = None) -> None:
        """Compare with ``marks`` and with what an auditor ``saved``."""
        self._tree = Tree()
        self._saved = saved
        self._findings: list[Finding] = []
        self._differs: int | None = None
        self._stored_differs = False
        own = () if saved is None else (mark_of(saved.checkpoint, "saved earlier", "早先留存"),)
        self._marks = sorted((*own, *marks), key=lambda mark: mark.size)
        self._next = 0
        self._failed: list[Mark] = []
        self._sound_until = 0

    @property
    def tree(self) -> Tree:
        """The tree of what was read."""
        return self._tree

    @property
    def differs(self) -> int | None:
        """The first position that is not what the auditor's hashes say."""
        return self._differs

    def take(self, chunk: Chunk) -> None:
        """Take the next events."""
        start = self._tree.size
        if chunk.computed != chunk.stored and not self._stored_differs:
            self._stored_differs = True
            position = start + _first_difference(chunk.computed, chunk.stored) + 1
            self.find(
                Fault.ALTERED,
                position,
                "the event does not fit the hash stored beside it",
                "事件与所存哈希不符",
            )
        self._compare_saved(start, chunk.computed)
        self._grow(chunk)

    def find(self, fault: Fault, position: int | None, english: str, chinese: str) -> None:
        """Note that something is wrong."""
        self._findings.append(Finding(fault, position, english, chinese))

    def check_note(self, note: Note, key: Verifier | None, what: tuple[str, str]) -> None:
        """Check who signed ``note``; without a known key nothing is checked."""
        if key is None:
            return
        try:
            note.signed_by(key)
        except NoteError as error:
            self.find(Fault.SIGNATURE, None, f"{what[0]}: {error}", f"{what[1]}（{error}）")
            return
        origin = Checkpoint.of(note.text).origin
        if origin != key.name:
            self.find(
                Fault.SIGNATURE, None, f"{what[0]} is of the log {origin}", f"{what[1]}属于日志 {origin}"
            )

    def verdict(self, leaves: Leaves) -> Verdict:
        """Return what came of it; ``leaves`` reads again around the first difference."""
        self._marked()
        size = self._tree.size
        for mark in self._marks[self._next :]:
            self.find(
                Fault.MISSING,
                size + 1,
                f"the log ends at {size}, the checkpoint {mark.english} has {mark.size} events",
                f"日志止于 {size}，检查点（{mark.chinese}）有 {mark.size} 个事件",
            )
            break
        if self._differs is not None:
            self._findings.append(self._displaced(self._differs, leaves))
        for mark in self._failed[:1]:
            root = base64.b64encode(mark.root).decode()
            self.find(
                Fault.ROOT,
                None,
                f"{mark.english}, size {mark.size}, root {root}; the first change lies between "
                f"positions {self._sound_until + 1} and {mark.size}",
                f"{mark.chinese}，大小 {mark.size}，根 {root}；最早的改动在位置 "
                f"{self._sound_until + 1} 至 {mark.size} 之间",
            )
        return Verdict(size, self._tree.root, tuple(self._findings))

    def _compare_saved(self, start: int, computed: bytes) -> None:
        if self._differs is not None or self._saved is None or self._saved.hashes is None:
            return
        kept = self._saved.hashes[start * HASH : start * HASH + len(computed)]
        if computed[: len(kept)] != kept:
            self._differs = start + _first_difference(computed, kept) + 1

    def _grow(self, chunk: Chunk) -> None:
        computed, start = chunk.computed, 0
        end = self._tree.size + len(computed) // HASH
        marked = self._next < len(self._marks) and self._marks[self._next].size <= end
        if chunk.folded is not None and not marked:
            self._tree.append_tile(chunk.folded)
            return
        while self._next < len(self._marks):
            left = self._marks[self._next].size - self._tree.size
            if left * HASH > len(computed) - start:
                break
            end = start + left * HASH
            self._tree.extend(computed[start:end])
            start = end
            self._marked()
        self._tree.extend(computed[start:])

    def _marked(self) -> None:
        """Compare the root with every mark of this size."""
        while self._next < len(self._marks) and self._marks[self._next].size == self._tree.size:
            mark = self._marks[self._next]
            self._next += 1
            root = self._tree.root if self._tree.size else EMPTY
            if root != mark.root:
                self._failed.append(mark)
            elif not self._failed:
                self._sound_until = mark.size

    def _displaced(self, position: int, leaves: Leaves) -> Finding:
        """Tell whether what should be at ``position`` is elsewhere, gone, or changed."""
        assert self._saved is not None
        assert self._saved.hashes is not None
        kept = self._saved.hashes
        wanted = kept[(position - 1) * HASH : position * HASH]
        around = leaves(position, _WINDOW)
        for place, content in enumerate(around[1:], start=position + 1):
            if leaf(_moved(content, position)) == wanted:
                return Finding(
                    Fault.REORDERED,
                    position,
                    f"what was recorded there stands at {place}",
                    f"原事件现位于 {place}",
                )
        for other in range(position + 1, min(position + _WINDOW, len(kept) // HASH + 1)):
            if around and leaf(_moved(around[0], other)) == kept[(other - 1) * HASH : other * HASH]:
                return Finding(
                    Fault.MISSING,
                    position,
                    f"what was recorded as {other} stands there now",
                    f"现位于此处的是原位置 {other} 的事件",
                )
        return Finding(Fault.ALTERED, position, "it is not what the saved hashes say", "与留存的哈希不符")


def _moved(content: bytes, position: int) -> bytes:
    return content[:_BEFORE_POSITION] + struct.pack(">q", position) + content[_AFTER_POSITION:]


def _first_difference(some: bytes, others: bytes) -> int:
    """Return the number of the first hash that differs."""
    places = range(0, max(len(some), len(others)), HASH)
    return next(
        place // HASH for place in places if some[place : place + HASH] != others[place : place + HASH]
    )
