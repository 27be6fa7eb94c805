"""The tree stands in the log's tables with every commit, whichever way the events came."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import uuid4

from eventsourcing.persistence import StoredEvent

from registry.commands import Command, Draft
from registry.errors import Code
from registry.function.commands import DefineFunction
from registry.reads import World
from registry.router import decide
from registry.store.committer import Committer
from registry.store.connection import connect
from registry.store.leaf import Row, leaf_hash
from registry.store.merkle import HASH, Tree, root_of, split
from registry.store.notary import sign_now
from registry.store.notes import Checkpoint, Note, Signer
from registry.store.recorder import LogRecorder
from registry.tile_paths import TILE_WIDTH
from tests.support.committing import Office, bears, fresh, record, refused, send
from tests.support.dalian import FOUNDED, REGISTER
from tests.support.given import BY


async def stands(office: Office) -> int:
    """Expect that leaf hashes, tiles, peaks and root are those of the events there are; return how many."""
    columns = ", ".join(Row._fields)
    rows = await office.fetch(f"SELECT {columns}, leaf_hash FROM registry.event ORDER BY position")  # noqa: S608 - names of ours
    leaves = [leaf_hash(Row(*row[:-1])) for row in rows]
    assert [row[-1] for row in rows] == leaves
    tree = Tree()
    for one in leaves:
        tree.append(one)
    head = "SELECT position, peaks, registry.root_of(peaks) FROM registry.head"
    assert await office.fetch(head) == [(len(rows), tree.peaks, tree.root)]
    assert tree.root == root_of(leaves)
    tiles = await office.fetch("SELECT level, index, hashes FROM registry.tile ORDER BY level, index")
    expected: dict[tuple[int, int], list[bytes]] = {}
    for node, hashed in tree.completed:
        expected.setdefault((node.level // 8, node.number // TILE_WIDTH), []).append(hashed)
    assert {(level, index): split(hashes) for level, index, hashes in tiles} == expected
    return len(rows)


def defining(count: int) -> Sequence[Command]:
    """Return commands of one event each."""
    return [
        fresh(DefineFunction(function=uuid4(), name=f"职能{n}", effective_on=FOUNDED, **BY))
        for n in range(count)
    ]


async def test_a_log_without_events_has_the_empty_tree(office: Office) -> None:
    assert await stands(office) == 0


async def test_every_commit_leaves_the_tree_of_its_events(office: Office, committer: Committer) -> None:
    await record(committer, *(fresh(command) for command in REGISTER))
    begun = await stands(office)
    await record(committer, *defining(1))
    assert await stands(office) == begun + 1


async def test_tiles_are_completed_across_commits(office: Office, committer: Committer) -> None:
    for size in (250, 5, 1, 300, 3):
        await record(committer, *defining(size))
        await stands(office)
    assert await office.fetch("SELECT level, index, octet_length(hashes) FROM registry.tile") == [
        (1, 0, 2 * HASH)
    ]


async def test_several_processes_grow_one_tree(office: Office, committer: Committer) -> None:
    other = await office.open()
    await asyncio.gather(
        *(record(one, *defining(30)) for _ in range(3) for one in (committer, other, committer))
    )
    assert await stands(office) == 270


async def test_what_is_refused_leaves_no_leaf(office: Office, committer: Committer) -> None:
    await record(committer, *(fresh(command) for command in REGISTER))
    before = await stands(office)
    [command] = defining(1)
    answers = await send(committer, command, bears(uuid4(), "无此组织"))
    refused(answers[1], Code.NOT_FOUND)
    assert await stands(office) == before + 1


async def test_a_batch_that_the_database_refuses_leaves_no_trace(office: Office) -> None:
    spoiled = defining(41)

    def spoiling(command: Command, world: World) -> list[Draft]:
        drafts = decide(command, world)
        if command is spoiled[20]:
            # NUL is what the database cannot store, so that the batch is run again in halves.
            event = drafts[0].event
            object.__setattr__(event, "topic", "function.\0")
        return drafts

    committer = await office.open(decide=spoiling)
    answers = await send(committer, *spoiled)
    assert sum(isinstance(answer, BaseException) for answer in answers) == 1
    assert await stands(office) == 40


async def test_the_face_of_the_library_grows_the_same_tree(office: Office) -> None:
    await office.fetch("UPDATE registry.head SET projections = NULL")

    def insert(count: int) -> None:
        with LogRecorder(office.url) as recorder:
            stream = uuid4()
            recorder.insert_events([StoredEvent(stream, n + 1, "a.topic", b"{}") for n in range(count)])

    for count in (3, 600, 1):
        await asyncio.to_thread(insert, count)
        await stands(office)
    assert await stands(office) == 604


async def test_two_processes_that_sign_at_once_keep_one_history(office: Office, committer: Committer) -> None:
    signer = Signer("example.com/log", bytes(range(32)))
    done = asyncio.Event()

    async def process() -> None:
        connection = await connect(office.url)
        try:
            while not done.is_set():
                assert await sign_now(connection, signer) is not None
        finally:
            await connection.close()

    signing = [asyncio.create_task(process()) for _ in range(2)]
    for size in (1, 7, 300, 2, 50, 1):
        await record(committer, *defining(size))
    done.set()
    await asyncio.gather(*signing)
    rows = await office.fetch("SELECT leaf_hash FROM registry.event ORDER BY position")
    leaves = [row[0] for row in rows]
    kept = await office.fetch("SELECT size, root_hash, note FROM registry.checkpoint ORDER BY size")
    assert len(kept) > 1
    for size, root, note in kept:
        assert root == root_of(leaves[:size])
        Note.of(note).signed_by(signer.verifier)
        assert Checkpoint.of(Note.of(note).text) == Checkpoint("example.com/log", size, root)
