"""Nodes of the tree as the database has them: for proofs and tiles (树节点读取)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from registry.statements import statement
from registry.store.connection import Connection
from registry.store.merkle import (
    HASH,
    Node,
    Tree,
    consistency_nodes,
    consistency_proof,
    inclusion_nodes,
    inclusion_proof,
    root_of,
    split,
)
from registry.tile_paths import TILE_HEIGHT

_HASHES_AT = statement("registry.store", "hashes_at")
_TREE_HEAD = statement("registry.store", "tree_head")


class Inclusion(NamedTuple):
    """That an event is in the tree of a size (包含证明)."""

    leaf_hash: bytes
    size: int
    root: bytes
    hashes: Sequence[bytes]


class Consistency(NamedTuple):
    """That the tree of one size is the beginning of another (一致性证明)."""

    old_root: bytes
    new_root: bytes
    hashes: Sequence[bytes]


class MissingNodeError(LookupError):
    """A node that should be in the tables is not: somebody removed what was recorded."""


async def tree_head(connection: Connection) -> Tree:
    """Return the tree at the head."""
    row = await connection.fetchrow(_TREE_HEAD)
    assert row is not None
    return Tree(row["position"], row["peaks"])


async def hashes_at(connection: Connection, ranges: Sequence[tuple[int, int, int]]) -> list[bytes]:
    """Return for each (tile level, first, width) the hashes there, side by side; raises MissingNodeError.

    Those of one range lie in one tile.
    """
    columns = [list(column) for column in zip(*ranges, strict=True)] or [[], [], []]
    rows = await connection.fetch(_HASHES_AT, *columns)
    for (level, first, width), row in zip(ranges, rows, strict=True):
        if len(row["hashes"] or b"") != width * HASH:
            raise MissingNodeError(f"level {level} has not all hashes from {first} to {first + width}")
    return [row["hashes"] for row in rows]


async def nodes_at(connection: Connection, nodes: Sequence[Node]) -> Mapping[Node, bytes]:
    """Return the hashes of ``nodes``, each folded from the part of a tile below it."""
    wanted = list(dict.fromkeys(nodes))
    ranges = [
        (level // TILE_HEIGHT, index << level % TILE_HEIGHT, 1 << level % TILE_HEIGHT)
        for level, index in wanted
    ]
    found = await hashes_at(connection, ranges)
    return {node: root_of(split(hashes)) for node, hashes in zip(wanted, found, strict=True)}


async def roots_at(connection: Connection, sizes: Sequence[int]) -> list[bytes]:
    """Return the root of each size, from the nodes there are."""
    peaks = [_peaks(size) for size in sizes]
    found = await nodes_at(connection, [node for listed in peaks for node in listed])
    return [
        Tree(size, b"".join(found[node] for node in listed)).root
        for size, listed in zip(sizes, peaks, strict=True)
    ]


async def prove_inclusion(connection: Connection, position: int, size: int) -> Inclusion:
    """Prove that the event at ``position`` is among the first ``size``; raises ValueError if it is not."""
    nodes = inclusion_nodes(position - 1, size)
    found = await nodes_at(connection, [Node(0, position - 1), *nodes])
    proof = inclusion_proof(position - 1, size, found.__getitem__)
    [root] = await roots_at(connection, [size])
    return Inclusion(found[Node(0, position - 1)], size, root, proof)


async def prove_consistency(connection: Connection, old: int, new: int) -> Consistency:
    """Prove that the first ``old`` events are the beginning of the first ``new``; raises ValueError."""
    found = await nodes_at(connection, consistency_nodes(old, new))
    old_root, new_root = await roots_at(connection, [old, new])
    return Consistency(old_root, new_root, consistency_proof(old, new, found.__getitem__))


def _peaks(size: int) -> list[Node]:
    nodes: list[Node] = []
    start = 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            nodes.append(Node(level, start >> level))
            start += 1 << level
    return nodes
