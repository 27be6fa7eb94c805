"""Whoever edits the log in PostgreSQL is found, and where: against a checkpoint that an auditor kept."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from registry.store.audit.bundle import verify_bundle
from registry.store.audit.database import verify_database
from registry.store.audit.export import export
from registry.store.audit.findings import Fault, Verdict
from registry.store.audit.saved import Saved, save
from registry.store.committer import Committer
from registry.store.connection import Connection, connect
from registry.store.growth import advance
from registry.store.leaf import Row, leaf_hash
from registry.store.merkle import Tree
from registry.store.nodes import hashes_at
from registry.store.notary import newest_checkpoint, sign_now
from registry.store.notes import NoteError, Signer
from tests.integration.test_log_tree import defining
from tests.support.committing import Office, record

ORIGIN = "kexie.test/log"
SIZE = 600
PLACE = 300
SIGNER = Signer(ORIGIN, bytes(range(32)))

# In the statements 300 is PLACE, and 600 is SIZE.
EDIT = "UPDATE registry.event SET actor = 'somebody else' WHERE position = 300"
DELETE = "DELETE FROM registry.event WHERE position = 300"
CLOSE = (
    DELETE,
    "UPDATE registry.event SET position = -position WHERE position > 300",
    "UPDATE registry.event SET position = -position - 1 WHERE position < 0",
    """
    UPDATE registry.head SET position = position - 1,
        peaks = decode(repeat('00', 32 * bit_count((position - 1)::bit(64))::integer), 'hex')
    """,
)
INSERT = (
    "UPDATE registry.event SET position = -position WHERE position >= 300",
    "UPDATE registry.event SET position = -position + 1 WHERE position < 0",
    """
    INSERT INTO registry.event
        (position, stream_id, version, topic, effective_on, recorded_at, actor, command_id, body, leaf_hash)
    SELECT 300, gen_random_uuid(), 1, topic, effective_on, recorded_at, actor, command_id, body, leaf_hash
    FROM registry.event WHERE position = 301
    """,
    """
    UPDATE registry.head SET position = position + 1,
        peaks = decode(repeat('00', 32 * bit_count((position + 1)::bit(64))::integer), 'hex')
    """,
)
SWAP = (
    "UPDATE registry.event SET position = -1 WHERE position = 300",
    "UPDATE registry.event SET position = 300 WHERE position = 307",
    "UPDATE registry.event SET position = 307 WHERE position = -1",
)
TRUNCATE = "DELETE FROM registry.event WHERE position >= 300"

CASES: dict[str, tuple[tuple[str, ...], Fault]] = {
    "edit": ((EDIT,), Fault.ALTERED),
    "delete": (CLOSE, Fault.MISSING),
    "insert": (INSERT, Fault.REORDERED),
    "swap": (SWAP, Fault.REORDERED),
}


async def _saved(office: Office, path: Path) -> Saved:
    """Keep a checkpoint of the log with the hashes of its leaves, as an auditor does."""
    connection = await connect(office.url)
    try:
        signed = await sign_now(connection, SIGNER)
        assert signed is not None
        [hashes] = await hashes_at(connection, [(0, 0, signed.size)])
    finally:
        await connection.close()
    save(path, signed.note, SIGNER.verifier, hashes)
    return Saved.read(path)


async def _on(office: Office, work: Callable[[Connection], Awaitable[object]]) -> None:
    connection = await connect(office.url)
    try:
        await work(connection)
    finally:
        await connection.close()


async def _tampered(office: Office, statements: tuple[str, ...]) -> None:
    async def run(connection: Connection) -> None:
        for sql in statements:
            await connection.execute(sql)

    await _on(office, run)


async def _forged(office: Office, signer: Signer | None = None) -> None:
    """Make leaf hashes, tiles, peaks and checkpoints anew from the events as they are, with another key."""
    forger = signer or Signer(ORIGIN, secrets.token_bytes(32))

    async def run(connection: Connection) -> None:
        columns = ", ".join(Row._fields)
        rows = await connection.fetch(f"SELECT {columns} FROM registry.event ORDER BY position")  # noqa: S608 - names of ours
        tree = Tree()
        for row in rows:
            hashed = leaf_hash(Row(*row))
            tree.append(hashed)
            await connection.execute(
                "UPDATE registry.event SET leaf_hash = $1 WHERE position = $2", hashed, row["position"]
            )
        await connection.execute("DELETE FROM registry.checkpoint")
        await connection.execute("DELETE FROM registry.tile")
        await connection.execute("UPDATE registry.head SET position = 0, peaks = ''")
        at = await connection.fetchval("SELECT recorded_at + interval '1 second' FROM registry.head")
        await advance(connection, tree, at)
        assert await sign_now(connection, forger) is not None

    await _on(office, run)


async def _of_database(office: Office, saved: Saved | None) -> Verdict:
    connection = await connect(office.url)
    try:
        return await verify_database(connection, saved, None)
    finally:
        await connection.close()


async def _of_export(office: Office, saved: Saved | None, folder: Path) -> Verdict:
    connection = await connect(office.url)
    try:
        await export(connection, folder, [SIGNER.verifier])
    finally:
        await connection.close()
    return verify_bundle(folder, saved, processes=1)


@pytest.fixture
async def saved(office: Office, committer: Committer, tmp_path: Path) -> Saved:
    """Give what an auditor kept of a log that goes on afterwards."""
    await record(committer, *defining(SIZE))
    kept = await _saved(office, tmp_path / "kept")
    await record(committer, *defining(3))
    return kept


async def test_an_honest_log_is_sound(office: Office, saved: Saved, tmp_path: Path) -> None:
    verdict = await _of_database(office, saved)
    assert (verdict.sound, verdict.size) == (True, SIZE + 3), verdict.findings
    verdict = await _of_export(office, saved, tmp_path / "log")
    assert (verdict.sound, verdict.size) == (True, SIZE), verdict.findings


@pytest.mark.parametrize("case", CASES)
async def test_what_was_done_to_the_rows_is_found(office: Office, saved: Saved, case: str) -> None:
    statements, fault = CASES[case]
    await _tampered(office, statements)
    verdict = await _of_database(office, saved)
    assert verdict.position == PLACE, verdict.findings
    assert fault in {one.fault for one in verdict.findings if one.position == PLACE}
    without = await _of_database(office, None)
    assert without.position == PLACE, without.findings


@pytest.mark.parametrize(
    "edit",
    [
        "stream_id = gen_random_uuid()",
        "version = version + 1",
        "topic = topic || 'x'",
        "effective_on = effective_on + 1",
        "effective_on = 'infinity'",
        "effective_on = '0044-03-15 BC'",
        "recorded_at = recorded_at + interval '1 microsecond'",
        "recorded_at = 'infinity'",
        "recorded_at = '0044-03-15 BC'",
        "actor = actor || ' '",
        "command_id = gen_random_uuid()",
        "cause = 299",
        "corrects = 299",
        "submitter = 'somebody'",
        "body = convert_to(convert_from(body, 'UTF8') || ' ', 'UTF8')",
        "body = ''",
        "leaf_hash = sha256('')",
    ],
)
async def test_an_edit_of_any_column_is_found(office: Office, saved: Saved, edit: str) -> None:
    await _tampered(office, (f"UPDATE registry.event SET {edit} WHERE position = 300",))  # noqa: S608 - said above
    for kept in (saved, None):
        verdict = await _of_database(office, kept)
        assert (verdict.position, verdict.size) == (PLACE, SIZE + 3), verdict.findings
        assert Fault.ALTERED in {one.fault for one in verdict.findings if one.position == PLACE}


async def test_a_day_that_no_event_can_have_is_found_whatever_the_tree_says(
    office: Office, saved: Saved
) -> None:
    await _tampered(office, ("UPDATE registry.event SET effective_on = 'infinity' WHERE position >= 300",))
    await _forged(office, SIGNER)
    assert (await _of_database(office, None)).position == PLACE
    assert (await _of_database(office, saved)).position == PLACE


@pytest.mark.parametrize("place", [0, -7])
async def test_an_event_put_before_the_first_is_found(office: Office, saved: Saved, place: int) -> None:
    """It is in no tree, but whoever reads its stream reads it, too."""
    inserted = INSERT[2].replace("SELECT 300", f"SELECT {place}").replace("position = 301", "position = 300")
    await _tampered(office, (inserted,))
    for kept in (saved, None):
        verdict = await _of_database(office, kept)
        assert (verdict.sound, verdict.position, verdict.size) == (False, place, SIZE + 3), verdict.findings


async def test_an_event_too_long_for_an_export_is_named(office: Office, saved: Saved, tmp_path: Path) -> None:
    await _tampered(office, ("UPDATE registry.event SET actor = repeat('x', 70000) WHERE position = 300",))
    with pytest.raises(NoteError, match="event 300 is longer"):
        await _of_export(office, saved, tmp_path / "log")
    assert (await _of_database(office, saved)).position == PLACE


@pytest.mark.parametrize(
    "without", ["DELETE FROM registry.head", "UPDATE registry.head SET position = 0, peaks = ''"]
)
async def test_a_log_without_its_head_is_found(office: Office, saved: Saved, without: str) -> None:
    await _tampered(office, (without,))
    verdict = await _of_database(office, saved)
    assert [one.fault for one in verdict.findings] == [Fault.TREE]


@pytest.mark.parametrize("case", CASES)
async def test_a_tree_rewritten_to_fit_is_found_by_what_the_auditor_kept(
    office: Office, saved: Saved, case: str, tmp_path: Path
) -> None:
    statements, fault = CASES[case]
    await _tampered(office, statements)
    await _forged(office)
    for verdict in (
        await _of_database(office, saved),
        await _of_export(office, saved, tmp_path / "log"),
    ):
        assert verdict.position == PLACE, verdict.findings
        faults = {one.fault for one in verdict.findings}
        assert {fault, Fault.ROOT, Fault.SIGNATURE} <= faults


@pytest.mark.parametrize("case", CASES)
async def test_a_tree_rewritten_by_whoever_has_the_key_is_found_too(
    office: Office, saved: Saved, case: str, tmp_path: Path
) -> None:
    """From the middle on every hash is another, and the log's own key has signed it: the kept hashes tell."""
    statements, fault = CASES[case]
    await _tampered(office, statements)
    await _forged(office, SIGNER)
    # Nothing in what is there now says that anything was done.
    assert (await _of_database(office, None)).sound
    for verdict in (
        await _of_database(office, saved),
        await _of_export(office, saved, tmp_path / "log"),
    ):
        faults = {one.fault for one in verdict.findings}
        assert verdict.position == PLACE, verdict.findings
        assert {fault, Fault.ROOT} <= faults
        assert Fault.SIGNATURE not in faults
        alone = [one for one in verdict.findings if one.position is not None and one.position < PLACE]
        assert alone == []


async def test_a_truncated_log_ends_too_early(office: Office, saved: Saved) -> None:
    await _tampered(office, (TRUNCATE,))
    verdict = await _of_database(office, saved)
    assert (verdict.position, verdict.size) == (PLACE, PLACE - 1)
    assert Fault.MISSING in {one.fault for one in verdict.findings}
    assert (await _of_database(office, None)).position == PLACE


async def test_a_truncated_log_with_a_tree_to_fit_ends_too_early(
    office: Office, saved: Saved, tmp_path: Path
) -> None:
    await _tampered(office, (TRUNCATE,))
    await _forged(office)
    for verdict in (
        await _of_database(office, saved),
        await _of_export(office, saved, tmp_path / "log"),
    ):
        assert verdict.position == PLACE, verdict.findings
        assert {Fault.MISSING, Fault.SIGNATURE} <= {one.fault for one in verdict.findings}


async def test_a_gap_is_named_even_without_any_checkpoint(office: Office, saved: Saved) -> None:
    del saved
    await _tampered(office, (DELETE,))
    verdict = await _of_database(office, None)
    assert (verdict.position, verdict.findings[0].fault) == (PLACE, Fault.MISSING)


async def test_a_note_alone_says_that_something_was_changed_and_up_to_where(
    office: Office, saved: Saved
) -> None:
    await _tampered(office, (EDIT,))
    await _forged(office)
    verdict = await _of_database(office, saved._replace(hashes=None))
    [root] = [one for one in verdict.findings if one.fault is Fault.ROOT]
    assert f"between positions 1 and {SIZE}" in root.english


async def test_the_log_is_not_signed_on_top_of_what_was_altered(office: Office, saved: Saved) -> None:
    del saved
    await _tampered(office, ("UPDATE registry.event SET leaf_hash = sha256('') WHERE position = 600",))

    async def sign(connection: Connection) -> None:
        before = await newest_checkpoint(connection)
        assert await sign_now(connection, SIGNER) is None
        assert await newest_checkpoint(connection) == before

    await _on(office, sign)


@pytest.mark.parametrize("part", ["bodies/001", "tile/entries/001", "tile/0/001", "tile/1/000.p/2"])
async def test_a_bit_of_an_export_that_was_turned_is_found(
    office: Office, saved: Saved, tmp_path: Path, part: str
) -> None:
    assert (await _of_export(office, saved, tmp_path / "log")).sound
    path = tmp_path / "log" / part
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    verdict = verify_bundle(tmp_path / "log", saved, processes=2)
    assert not verdict.sound
    if part.startswith("tile/1"):
        assert [one.fault for one in verdict.findings] == [Fault.TREE]
    else:
        assert verdict.position == 512


@pytest.mark.parametrize("part", ["bodies/001", "tile/entries/001", "tile/0/001"])
async def test_a_file_of_an_export_that_is_missing_or_in_anothers_place_is_found(
    office: Office, saved: Saved, tmp_path: Path, part: str
) -> None:
    assert (await _of_export(office, saved, tmp_path / "log")).sound
    path = tmp_path / "log" / part
    content, other = path.read_bytes(), path.with_name("000").read_bytes()
    path.unlink()
    missing = verify_bundle(tmp_path / "log", saved, processes=1)
    assert (missing.sound, missing.position) == (False, 257), missing.findings
    path.write_bytes(other)
    path.with_name("000").write_bytes(content)
    swapped = verify_bundle(tmp_path / "log", saved, processes=1)
    assert (swapped.sound, swapped.position) == (False, 1), swapped.findings
