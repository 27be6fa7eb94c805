"""The log checked where it stands, in PostgreSQL (数据库核验)."""

from __future__ import annotations

from collections.abc import Sequence

import asyncpg

from registry.statements import statement
from registry.store.audit.examination import Chunk, Examination, Mark
from registry.store.audit.findings import Fault, Verdict
from registry.store.audit.saved import Saved
from registry.store.connection import Connection
from registry.store.leaf import Row, leaf_bytes
from registry.store.merkle import HASH, Tree, leaf
from registry.store.notes import Note, NoteError, Verifier
from registry.tile_paths import TILE_HEIGHT, TILE_WIDTH

_ROWS = statement("registry.store", "audit_rows")
_CHECKPOINTS = statement("registry.store", "audit_checkpoints")
_TILES = statement("registry.store", "audit_tiles")
_BEYOND = statement("registry.store", "audit_beyond")
_HEAD = statement("registry.store", "tree_head")
_LAST = 2**63 - 1
_AT_A_TIME = 2048
_WINDOW = 1024


async def verify_database(connection: Connection, saved: Saved | None, key: Verifier | None) -> Verdict:
    """Check the whole log, its tree and its checkpoints, in one snapshot.

    ``key`` is that of the log as the auditor knows it; without it, that which was saved with ``saved``.
    """
    known = key or (saved.key if saved else None)
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        marks, notes = await _marks(connection)
        examination = Examination(marks, saved)
        if saved is not None:
            examination.check_note(saved.note, known, ("the checkpoint saved earlier", "早先留存的检查点"))
        for size, note in notes:
            examination.check_note(note, known, (f"the checkpoint of size {size}", f"大小为 {size} 的检查点"))
        await _read(connection, examination)
        await _find_beyond(connection, examination)
        await _compare_tree(connection, examination)
        return examination.verdict(await _around(connection, examination))


async def _marks(connection: Connection) -> tuple[list[Mark], list[tuple[int, Note]]]:
    marks: list[Mark] = []
    notes: list[tuple[int, Note]] = []
    for row in await connection.fetch(_CHECKPOINTS):
        marks.append(Mark(row["size"], row["root_hash"], "kept in the database", "数据库中的检查点"))
        try:
            notes.append((row["size"], Note.of(row["note"])))
        except NoteError:
            notes.append((row["size"], Note(f"\n{row['size']}\n\n", ())))
    return marks, notes


async def _read(connection: Connection, examination: Examination) -> None:
    """Take every row in order; where a position is passed over, what follows is not in its place."""
    computed, stored, gap = bytearray(), bytearray(), False
    async for row in connection.cursor(_ROWS, 0, _LAST, prefetch=_AT_A_TIME):
        expected = examination.tree.size + len(computed) // HASH + 1
        if row["position"] != expected and not gap:
            gap = True
            examination.find(
                Fault.MISSING, expected, f"the next is {row['position']}", f"下一个为 {row['position']}"
            )
        computed += leaf(leaf_bytes(Row(*tuple(row)[:-1])))
        stored += row["leaf_hash"]
        if len(computed) == TILE_WIDTH * HASH:
            examination.take(Chunk(bytes(computed), bytes(stored)))
            computed, stored = bytearray(), bytearray()
    if computed:
        examination.take(Chunk(bytes(computed), bytes(stored)))


async def _find_beyond(connection: Connection, examination: Examination) -> None:
    """Find what was passed over or read as something else, because no event can have it."""
    position = await connection.fetchval(_BEYOND)
    if position is not None:
        examination.find(
            Fault.ALTERED,
            position,
            "its position, day or instant is one that no event can have",
            "其位置、日期或时刻不可能属于任何事件",
        )


async def _compare_tree(connection: Connection, examination: Examination) -> None:
    """Compare what the database holds of the tree with the tree of the events."""
    tree = examination.tree
    head: asyncpg.Record | None = await connection.fetchrow(_HEAD)
    if head is None:
        examination.find(Fault.TREE, None, "there is no head", "没有日志头")
    elif head["position"] > tree.size:
        examination.find(
            Fault.MISSING,
            tree.size + 1,
            f"the head is at {head['position']}, the log ends at {tree.size}",
            f"日志头位于 {head['position']}，日志止于 {tree.size}",
        )
    elif (head["position"], head["peaks"]) != (tree.size, tree.peaks):
        examination.find(Fault.TREE, None, "the peaks beside the head differ", "日志头旁的峰值不符")
    tiles = {(row["level"], row["index"]): row["hashes"] for row in await connection.fetch(_TILES)}
    if tiles != tiles_of_tree(tree):
        examination.find(Fault.TREE, None, "the tiles differ", "分块不符")


def tiles_of_tree(tree: Tree) -> dict[tuple[int, int], bytes]:
    """Return the tiles above the leaves that a tree grown from nothing has, by level and number."""
    tiles: dict[tuple[int, int], bytes] = {}
    for node, hashed in tree.completed:
        place = (node.level // TILE_HEIGHT, node.number // TILE_WIDTH)
        tiles[place] = tiles.get(place, b"") + hashed
    return tiles


async def _around(connection: Connection, examination: Examination) -> Window:
    first = examination.differs
    if first is None:
        return Window(0, ())
    rows = await connection.fetch(_ROWS, first - 1, first + _WINDOW)
    return Window(first, [leaf_bytes(Row(*tuple(row)[:-1])) for row in rows])


class Window:
    """The leaves around the first difference, read before the verdict (窗口)."""

    def __init__(self, first: int, leaves: Sequence[bytes]) -> None:
        """Hold ``leaves`` from the position ``first`` on."""
        self._first = first
        self._leaves = leaves

    def __call__(self, first: int, count: int) -> Sequence[bytes]:
        """Return the leaves from a position on."""
        start = first - self._first
        return self._leaves[start : start + count]
