"""The tree of the log as a commit lets it grow: from the head's row and back into it (树的生长)."""

from __future__ import annotations

from datetime import datetime

from registry.statements import statement
from registry.store.connection import Connection
from registry.store.merkle import Tree
from registry.tile_paths import TILE_HEIGHT

_ADVANCE_HEAD = statement("registry.store", "advance_head")


async def advance(connection: Connection, tree: Tree, recorded_at: datetime) -> None:
    """Move the head to the end of ``tree``, with its peaks and the hashes that its tiles gained.

    The head's row must have been locked since ``tree`` was begun from it.
    """
    await connection.execute(
        _ADVANCE_HEAD,
        tree.size,
        recorded_at,
        tree.peaks,
        [node.level // TILE_HEIGHT for node, _ in tree.completed],
        [node.number for node, _ in tree.completed],
        [completed for _, completed in tree.completed],
    )
