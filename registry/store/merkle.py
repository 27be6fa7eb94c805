"""The tree over the log: RFC 6962, section 2.1, without any input or output (默克尔树).

Leaf ``i`` is the event at position ``i + 1``. A node is named by its level and its index there: node
``(0, i)`` is a leaf's hash, node ``(l, i)`` covers the leaves from ``i * 2**l`` on, ``2**l`` of them, all of
which exist. Of a tree of ``n`` leaves the *peaks* are the largest such nodes from left to right, one for each
bit of ``n``: they are all that has to be kept to append, and the root is folded from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from itertools import chain, islice
from typing import NamedTuple

from registry.tile_paths import TILE_HEIGHT, TILE_WIDTH

HASH = 32
"""Bytes of a hash."""

EMPTY = sha256(b"").digest()
"""The root of a tree without leaves."""


class Node(NamedTuple):
    """A node all of whose leaves exist (完整节点)."""

    level: int
    number: int


Nodes = Callable[[Node], bytes]
"""Gives the hash of a node."""


def leaf(content: bytes) -> bytes:
    """Return the hash of a leaf with ``content``."""
    return sha256(b"\x00" + content).digest()


def parent(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node over two others."""
    return sha256(b"\x01" + left + right).digest()


def parents(hashes: bytes) -> bytes:
    """Return the hashes of the nodes over each two of ``hashes``, which are even in number, side by side."""
    return b"".join(
        [
            sha256(b"\x01" + hashes[start : start + 2 * HASH]).digest()
            for start in range(0, len(hashes), 2 * HASH)
        ]
    )


def fold(peaks: Sequence[bytes]) -> bytes:
    """Return the root of the tree that has ``peaks``, the largest first."""
    if not peaks:
        return EMPTY
    root = peaks[-1]
    for left in reversed(peaks[:-1]):
        root = parent(left, root)
    return root


def split(hashes: bytes) -> list[bytes]:
    """Return the hashes that stand side by side in ``hashes``."""
    return [hashes[start : start + HASH] for start in range(0, len(hashes), HASH)]


class Tree:
    """A tree that grows at its right edge; it knows its size and its peaks only (生长中的树)."""

    def __init__(self, size: int = 0, peaks: bytes = b"") -> None:
        """Go on from ``size`` leaves with ``peaks`` side by side; raises ValueError if these do not fit."""
        if len(peaks) != HASH * size.bit_count():
            raise ValueError(f"{len(peaks)} bytes of peaks do not make a tree of {size} leaves")
        self.size = size
        self.completed: list[tuple[Node, bytes]] = []
        """Nodes over whole tiles, completed since the beginning: the hashes that tiles above level 0 hold."""
        self._peaks = split(peaks)

    @property
    def peaks(self) -> bytes:
        """The peaks side by side, the largest first."""
        return b"".join(self._peaks)

    @property
    def root(self) -> bytes:
        """The root."""
        return fold(self._peaks)

    def append(self, leaf_hash: bytes) -> None:
        """Add a leaf at the right."""
        node, level, size = leaf_hash, 0, self.size
        peaks = self._peaks
        while size & 1:
            node = sha256(b"\x01" + peaks.pop() + node).digest()
            size >>= 1
            level += 1
            if level % TILE_HEIGHT == 0:
                self.completed.append((Node(level, size), node))
        peaks.append(node)
        self.size += 1

    def extend(self, hashes: bytes) -> None:
        """Add leaves at the right, their hashes side by side; whole tiles are folded level by level."""
        start = 0
        while start < len(hashes):
            whole = self.size % TILE_WIDTH == 0 and len(hashes) - start >= TILE_WIDTH * HASH
            end = start + (TILE_WIDTH if whole else 1) * HASH
            if whole:
                self.append_tile(fold_tile(hashes[start:end]))
            else:
                self.append(hashes[start:end])
            start = end

    def append_tile(self, folded: bytes) -> None:
        """Add a whole tile of leaves at the right by the node over them; raises ValueError within a tile."""
        if self.size % TILE_WIDTH:
            raise ValueError(f"a tile does not begin after {self.size} leaves")
        tiles = self.size >> TILE_HEIGHT
        self.completed.append((Node(TILE_HEIGHT, tiles), folded))
        node, level = folded, TILE_HEIGHT
        while tiles & 1:
            node = parent(self._peaks.pop(), node)
            tiles >>= 1
            level += 1
            if level % TILE_HEIGHT == 0:
                self.completed.append((Node(level, tiles), node))
        self._peaks.append(node)
        self.size += TILE_WIDTH


def fold_tile(hashes: bytes) -> bytes:
    """Return the node over ``hashes``, a power of two in number."""
    while len(hashes) > HASH:
        hashes = parents(hashes)
    return hashes


def root_of(hashes: Iterable[bytes]) -> bytes:
    """Return the root of the tree over leaves with ``hashes``."""
    tree = Tree()
    for one in hashes:
        tree.append(one)
    return tree.root


def covering(first: int, last: int) -> list[Node]:
    """Return the fewest nodes that cover the leaves from ``first`` to before ``last``, as the tree has them.

    ``first`` is where a subtree of that many leaves may begin, which is so for every range a proof speaks of.
    """
    nodes: list[Node] = []
    while first < last:
        level = (last - first).bit_length() - 1
        nodes.append(Node(level, first >> level))
        first += 1 << level
    return nodes


def _ranges_beside(leaf_index: int, size: int) -> list[tuple[int, int]]:
    """Return the ranges whose hashes stand in an inclusion proof, from the leaf upwards."""
    ranges: list[tuple[int, int]] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _half(high - low)
        if leaf_index < middle:
            ranges.append((middle, high))
            high = middle
        else:
            ranges.append((low, middle))
            low = middle
    return ranges[::-1]


def _ranges_between(old: int, new: int) -> list[tuple[int, int]]:
    """Return the ranges whose hashes stand in a consistency proof, in its order."""
    ranges: list[tuple[int, int]] = []
    low, high, known = 0, new, True
    while old != high:
        middle = low + _half(high - low)
        if old <= middle:
            ranges.append((middle, high))
            high = middle
        else:
            ranges.append((low, middle))
            low, known = middle, False
    return ([] if known else [(low, high)]) + ranges[::-1]


def _half(size: int) -> int:
    """Return the largest power of two below ``size``, which is 2 at least."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_nodes(leaf_index: int, size: int) -> list[Node]:
    """Return the nodes that an inclusion proof is made of; raises ValueError for a leaf out of the tree."""
    if not 0 <= leaf_index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {leaf_index}")
    return list(chain.from_iterable(covering(*beside) for beside in _ranges_beside(leaf_index, size)))


def consistency_nodes(old: int, new: int) -> list[Node]:
    """Return the nodes that a consistency proof is made of; raises ValueError unless ``0 < old <= new``."""
    if not 0 < old <= new:
        raise ValueError(f"there is no consistency proof from {old} to {new} leaves")
    return list(chain.from_iterable(covering(*between) for between in _ranges_between(old, new)))


def inclusion_proof(leaf_index: int, size: int, nodes: Nodes) -> list[bytes]:
    """Return the proof that a leaf is in the tree of ``size``; raises ValueError if it is not (包含证明)."""
    if not 0 <= leaf_index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {leaf_index}")
    return [_hash_of(beside, nodes) for beside in _ranges_beside(leaf_index, size)]


def consistency_proof(old: int, new: int, nodes: Nodes) -> list[bytes]:
    """Return the proof that the tree of ``old`` leaves is the beginning of that of ``new`` (一致性证明)."""
    if not 0 < old <= new:
        raise ValueError(f"there is no consistency proof from {old} to {new} leaves")
    return [_hash_of(between, nodes) for between in _ranges_between(old, new)]


def _hash_of(covered: tuple[int, int], nodes: Nodes) -> bytes:
    return fold([nodes(node) for node in covering(*covered)])


def included(leaf_hash: bytes, leaf_index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether ``proof`` shows that the tree with ``root`` has the leaf (RFC 9162, section 2.1.3.2)."""
    if not 0 <= leaf_index < size or any(len(one) != HASH for one in proof):
        return False
    index, last, node = leaf_index, size - 1, leaf_hash
    for one in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            node = parent(one, node)
            while not index & 1 and index:
                index >>= 1
                last >>= 1
        else:
            node = parent(node, one)
        index >>= 1
        last >>= 1
    return last == 0 and node == root


def consistent(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Say whether ``proof`` shows that one tree begins with the other (RFC 9162, section 2.1.4.2)."""
    if old == new:
        return not proof and old_root == new_root
    if not 0 < old < new or any(len(one) != HASH for one in proof):
        return False
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        return False
    index, last = old - 1, new - 1
    while index & 1:
        index >>= 1
        last >>= 1
    before = after = path[0]
    for one in islice(path, 1, None):
        if last == 0:
            return False
        if index & 1 or index == last:
            before, after = parent(one, before), parent(one, after)
            while not index & 1 and index:
                index >>= 1
                last >>= 1
        else:
            after = parent(after, one)
        index >>= 1
        last >>= 1
    return last == 0 and before == old_root and after == new_root
