"""The tree of the log as a commit lets it grow: from the head's row and back into it (树的生长)."""

from __future__ import annotations

from datetime import datetime

from registry.store.connection import Connection
from registry.store.merkle import Tree
from registry.store.rows import Call, insert
from registry.tile_paths import TILE_HEIGHT

_TYPES = ("bigint", "timestamptz", "bytea", "integer[]", "bigint[]", "bytea[]")


def advanced(tree: Tree, recorded_at: datetime) -> Call:
    """Return what moves the head to the end of ``tree``, with its peaks and the hashes that its tiles gained.

    The head's row must have been locked since ``tree`` was begun from it.
    """
    arguments = (
        tree.size,
        recorded_at,
        tree.peaks,
        [node.level // TILE_HEIGHT for node, _ in tree.completed],
        [node.number for node, _ in tree.completed],
        [completed for _, completed in tree.completed],
    )
    return Call("registry.advance_head", _TYPES, arguments)


async def advance(connection: Connection, tree: Tree, recorded_at: datetime) -> None:
    """Move the head to the end of ``tree``, when the events are in."""
    await insert(connection, (), advanced(tree, recorded_at))
