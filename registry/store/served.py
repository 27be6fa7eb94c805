"""The log as it is served to whoever checks it: checkpoints, tiles, entries, proofs (日志公开接口)."""

from __future__ import annotations

from collections.abc import Sequence

from registry.statements import statement
from registry.store.audit.export import bundled
from registry.store.leaf import Row, leaf_bytes
from registry.store.nodes import hashes_at, prove_consistency, prove_inclusion, tree_head
from registry.store.notary import Lend, Notary, newest_checkpoint
from registry.tile_paths import TILE_WIDTH

_ROWS = statement("registry.store", "audit_rows")
_LEVELS = 8


class ServedLog:
    """Reads the tree for those who ask; what it gives can be checked without trusting it."""

    def __init__(self, lend: Lend, notary: Notary) -> None:
        """Read over connections that ``lend`` gives; ``notary`` keeps the checkpoints."""
        self._lend = lend
        self._notary = notary

    async def checkpoint(self) -> str | None:
        """Return the newest signed note with its cosignatures; None when nothing was signed yet."""
        async with self._lend() as connection:
            signed = await newest_checkpoint(connection)
        return None if signed is None else signed.note

    def key(self) -> str:
        """Return the public key of the log, then those of its witnesses, a line each."""
        return "".join(f"{key}\n" for key in self._notary.keys)

    async def tile(self, level: int, index: int, width: int) -> bytes | None:
        """Return the first hashes of a tile; None when there are not so many."""
        if level >= _LEVELS:
            return None
        async with self._lend() as connection:
            size = (await tree_head(connection)).size
            if index * TILE_WIDTH + width > size >> 8 * level:
                return None
            [hashes] = await hashes_at(connection, [(level, index * TILE_WIDTH, width)])
        return hashes

    async def entries(self, index: int, width: int) -> bytes | None:
        """Return the first leaves of a tile as a bundle; None when there are not so many."""
        first = index * TILE_WIDTH
        async with self._lend() as connection:
            if first + width > (await tree_head(connection)).size:
                return None
            rows = await connection.fetch(_ROWS, first, first + width)
        return bundled([leaf_bytes(Row(*tuple(row)[:-1])) for row in rows])

    async def accept(self, content: str) -> int:
        """Keep the cosignatures of a note, as :meth:`Notary.accept` does."""
        return await self._notary.accept(content)

    async def inclusion(self, position: int, size: int) -> tuple[bytes, bytes, Sequence[bytes]]:
        """Return leaf hash, root and proof; raises ValueError for what is not in the log."""
        async with self._lend() as connection:
            _check(size, (await tree_head(connection)).size)
            proven = await prove_inclusion(connection, position, size)
        return proven.leaf_hash, proven.root, proven.hashes

    async def consistency(self, old: int, new: int) -> tuple[bytes, bytes, Sequence[bytes]]:
        """Return both roots and the proof; raises ValueError for sizes that the log does not have."""
        async with self._lend() as connection:
            _check(new, (await tree_head(connection)).size)
            proven = await prove_consistency(connection, old, new)
        return proven.old_root, proven.new_root, proven.hashes


def _check(size: int, head: int) -> None:
    if size > head:
        raise ValueError(f"the log has {head} events, not {size}")
