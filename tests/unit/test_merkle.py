"""The tree is RFC 6962's: the published vectors, and another implementation as oracle."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_consistency

from registry.store.merkle import (
    EMPTY,
    HASH,
    Node,
    Tree,
    consistency_nodes,
    consistency_proof,
    consistent,
    included,
    inclusion_nodes,
    inclusion_proof,
    leaf,
    parent,
    parents,
    root_of,
    split,
)
from registry.tile_paths import TILE_WIDTH

CONTENTS = [
    bytes.fromhex(content)
    for content in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The eight leaves of the tests of Certificate Transparency."""

ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

LEAVES = st.lists(st.binary(max_size=3), min_size=1, max_size=70).map(
    lambda contents: [leaf(content) for content in contents]
)


class Whole:
    """Every whole node of a tree, kept in layers."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.layers = [leaves]
        while len(self.layers[-1]) > 1:
            below = self.layers[-1]
            self.layers.append(split(parents(b"".join(below[: len(below) // 2 * 2]))))

    def __call__(self, node: Node) -> bytes:
        return self.layers[node.level][node.number]


def test_a_tree_without_leaves_has_the_published_root() -> None:
    assert EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert Tree().root == root_of([]) == EMPTY


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_the_published_ones(size: int) -> None:
    assert root_of(leaf(content) for content in CONTENTS[:size]).hex() == ROOTS[size - 1]


def test_a_proof_of_inclusion_is_the_published_one() -> None:
    nodes = Whole([leaf(content) for content in CONTENTS])
    assert [one.hex() for one in inclusion_proof(0, 8, nodes)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]


def test_a_proof_of_consistency_is_the_published_one() -> None:
    nodes = Whole([leaf(content) for content in CONTENTS])
    assert [one.hex() for one in consistency_proof(6, 8, nodes)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


@given(st.lists(st.binary(max_size=5), min_size=1, max_size=80), st.data())
def test_roots_and_paths_are_those_of_another_implementation(
    contents: list[bytes], data: st.DataObject
) -> None:
    oracle = InmemoryTree(algorithm="sha256")
    for content in contents:
        oracle.append_entry(content)
    leaves = [leaf(content) for content in contents]
    nodes, size = Whole(leaves), data.draw(st.integers(1, len(contents)))
    assert root_of(leaves[:size]) == oracle.get_root(size)
    index = data.draw(st.integers(0, size - 1))
    theirs = oracle.prove_inclusion(index + 1, size).serialize()["path"]
    assert [one.hex() for one in inclusion_proof(index, size, nodes)] == theirs[1:]
    old = data.draw(st.integers(1, size))
    # Their proof has another form than the RFC's: it is our roots that it is held against.
    theirs_between = oracle.prove_consistency(old, size)
    verify_consistency(root_of(leaves[:old]), root_of(leaves[:size]), theirs_between)


@given(leaves=LEAVES, data=st.data())
def test_what_is_proven_is_believed_and_nothing_else_is(leaves: list[bytes], data: st.DataObject) -> None:
    nodes, size = Whole(leaves), data.draw(st.integers(1, len(leaves)))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    root, before = root_of(leaves[:size]), root_of(leaves[:old])
    proof = inclusion_proof(index, size, nodes)
    between = consistency_proof(old, size, nodes)
    assert included(leaves[index], index, size, proof, root)
    assert consistent(old, before, size, root, between)
    other = sha256(b"another").digest()
    assert not included(other, index, size, proof, root)
    assert not included(leaves[index], index, size, [*proof, other], root)
    assert not included(leaves[index], size, size, proof, root)
    assert not consistent(old, other, size, root, between)
    assert not consistent(old, before, size, other, between)
    assert not consistent(old, before, size, root, [*between, other])
    for place in range(len(proof)):
        assert not included(leaves[index], index, size, [*proof[:place], other, *proof[place + 1 :]], root)
        assert not included(leaves[index], index, size, [*proof[:place], *proof[place + 1 :]], root)
    for place in range(len(between)):
        changed = [*between[:place], other, *between[place + 1 :]]
        assert not consistent(old, before, size, root, changed)


@given(leaves=LEAVES, data=st.data())
def test_a_proof_needs_the_nodes_that_are_announced(leaves: list[bytes], data: st.DataObject) -> None:
    nodes, asked, size = Whole(leaves), list[Node](), len(leaves)

    def noting(node: Node) -> bytes:
        asked.append(node)
        return nodes(node)

    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    inclusion_proof(index, size, noting)
    assert asked == inclusion_nodes(index, size)
    asked.clear()
    consistency_proof(old, size, noting)
    assert asked == consistency_nodes(old, size)


@given(st.integers(0, 600), st.lists(st.integers(0, 700), max_size=4))
def test_a_tree_grows_to_the_same_whichever_way(size: int, chunks: list[int]) -> None:
    total = size + sum(chunks)
    leaves = [leaf(number.to_bytes(4, "big")) for number in range(total)]
    slow, fast = Tree(), Tree()
    for one in leaves:
        slow.append(one)
    start = 0
    for chunk in (size, *chunks):
        resumed = Tree(fast.size, fast.peaks)
        resumed.completed = fast.completed
        resumed.extend(b"".join(leaves[start : start + chunk]))
        fast, start = resumed, start + chunk
    assert (fast.size, fast.peaks, fast.root) == (slow.size, slow.peaks, slow.root)
    assert fast.completed == slow.completed
    assert len(fast.peaks) == HASH * total.bit_count()


def test_completed_nodes_are_those_that_tiles_hold() -> None:
    tree = Tree()
    leaves = [leaf(number.to_bytes(4, "big")) for number in range(TILE_WIDTH * 2 + 3)]
    for one in leaves:
        tree.append(one)
    assert [node for node, _ in tree.completed] == [Node(8, 0), Node(8, 1)]
    assert [hashed for _, hashed in tree.completed] == [
        root_of(leaves[:TILE_WIDTH]),
        root_of(leaves[TILE_WIDTH : 2 * TILE_WIDTH]),
    ]


@pytest.mark.parametrize(("size", "peaks"), [(1, b""), (3, bytes(HASH)), (0, bytes(HASH))])
def test_peaks_that_do_not_fit_a_size_are_refused(size: int, peaks: bytes) -> None:
    with pytest.raises(ValueError, match="do not make a tree"):
        Tree(size, peaks)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_leaf_out_of_the_tree_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="has no leaf"):
        inclusion_proof(index, size, Whole([parent(EMPTY, EMPTY)] * 4))
    with pytest.raises(ValueError, match="has no leaf"):
        inclusion_nodes(index, size)


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (-1, 1)])
def test_a_tree_does_not_begin_with_a_larger_one_or_none(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="no consistency proof"):
        consistency_nodes(old, new)
    assert not consistent(old, EMPTY, new, EMPTY, [])
