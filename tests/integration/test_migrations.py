"""Migrations against a real server: applied once, in order, whole, by one process, never changed unseen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from registry.store.migrations import Migration, load_migrations, migrate, pending
from registry.store.postgres import EmbeddedPostgres, create_database
from registry.store.postgres_errors import MigrationCode, MigrationError
from tests.support.database import drop, query

LOG = Migration.of("0001_log.sql", "CREATE TABLE log (position bigint PRIMARY KEY);")
HEAD = Migration.of("0002_head.sql", "CREATE TABLE head (position bigint); INSERT INTO head VALUES (0);")
SLOW = Migration.of("0003_slow.sql", "SELECT pg_sleep(0.5); CREATE TABLE slow ();")


@pytest.fixture
async def empty_url(postgres: EmbeddedPostgres) -> AsyncIterator[str]:
    """Give the address of a database that no migration was applied to."""
    await create_database(postgres.url("postgres"), "kexie_empty")
    yield postgres.url("kexie_empty")
    await drop(postgres, "kexie_empty")


@pytest.fixture
async def connection(empty_url: str) -> AsyncIterator[asyncpg.Connection]:
    opened = await asyncpg.connect(empty_url)
    yield opened
    await opened.close()


def folder_with(path: Path, **files: str) -> Path:
    """Write SQL files, named without their ending, into a folder and return it."""
    path.mkdir(exist_ok=True)
    for name, text in files.items():
        (path / f"{name.removeprefix('n')}.sql").write_text(text, encoding="utf-8")
    return path


async def refusal_of(connection: asyncpg.Connection, *migrations: Migration) -> MigrationError:
    """Return why both functions refuse these files, which both languages can say."""
    with pytest.raises(MigrationError) as asked:
        await pending(connection, migrations)
    with pytest.raises(MigrationError) as refused:
        await migrate(connection, migrations)
    error = refused.value
    assert asked.value.code is error.code
    assert_speaks(error)
    return error


def assert_speaks(error: MigrationError) -> None:
    for sentence in (error.english, error.chinese, error.advice_english, error.advice_chinese):
        assert sentence
        assert "{" not in sentence


async def test_applies_in_order_and_records_what_it_applied(connection: asyncpg.Connection) -> None:
    assert await pending(connection, [LOG, HEAD]) == [LOG, HEAD]
    assert await migrate(connection, [LOG, HEAD]) == [LOG, HEAD]
    assert await connection.fetchval("SELECT position FROM head") == 0
    recorded = await connection.fetch(
        "SELECT number, name, sha256, applied_at <= clock_timestamp() FROM registry.migration ORDER BY number"
    )
    assert [tuple(row) for row in recorded] == [
        (1, "0001_log.sql", LOG.sha256, True),
        (2, "0002_head.sql", HEAD.sha256, True),
    ]


async def test_a_second_run_has_nothing_to_do(connection: asyncpg.Connection) -> None:
    await migrate(connection, [LOG])
    assert await pending(connection, [LOG]) == []
    assert await migrate(connection, [LOG]) == []
    assert await pending(connection, [LOG, HEAD]) == [HEAD]
    assert await migrate(connection, [LOG, HEAD]) == [HEAD]


async def test_asking_writes_nothing(connection: asyncpg.Connection) -> None:
    await pending(connection, [LOG])
    assert await connection.fetchval("SELECT to_regnamespace('registry') IS NULL")


async def test_of_two_at_once_one_works_and_the_other_waits(empty_url: str) -> None:
    connections = [await asyncpg.connect(empty_url) for _ in range(3)]
    files = [LOG, HEAD, SLOW]
    try:
        results = await asyncio.gather(*(migrate(connection, files) for connection in connections))
        # Each returned only when the work was done.
        for connection in connections:
            assert await pending(connection, files) == []
    finally:
        for connection in connections:
            await connection.close()
    assert sorted(results, key=len) == [[], [], files]


async def test_one_that_dies_in_the_middle_frees_the_others(empty_url: str) -> None:
    dying, waiting = [await asyncpg.connect(empty_url) for _ in range(2)]
    forever = Migration.of("0002_forever.sql", "CREATE TABLE half (); SELECT pg_sleep(60);")
    died = asyncio.create_task(migrate(dying, [LOG, forever]))
    await asyncio.sleep(0.3)
    waited = asyncio.create_task(migrate(waiting, [LOG, HEAD]))
    await asyncio.sleep(0.2)
    assert not waited.done()
    await query(empty_url, f"SELECT pg_terminate_backend({dying.get_server_pid()}, 5000)")
    assert await waited == [HEAD]
    with pytest.raises(MigrationError, match=MigrationCode.FAILED):
        await died
    assert await waiting.fetchval("SELECT to_regclass('half') IS NULL")
    await waiting.close()


async def test_a_file_that_fails_leaves_nothing_and_can_be_mended(connection: asyncpg.Connection) -> None:
    broken = Migration.of("0002_head.sql", "CREATE TABLE head (); INSERT INTO nowhere VALUES (1);")
    with pytest.raises(MigrationError) as refused:
        await migrate(connection, [LOG, broken])
    error = refused.value
    assert error.code is MigrationCode.FAILED
    assert "0002_head.sql" in error.english
    assert "nowhere" in error.english
    assert_speaks(error)
    assert await connection.fetchval("SELECT to_regclass('head') IS NULL")
    assert await pending(connection, [LOG, HEAD]) == [HEAD]
    assert await migrate(connection, [LOG, HEAD]) == [HEAD]


async def test_the_lock_is_given_back_after_a_failure(connection: asyncpg.Connection, empty_url: str) -> None:
    with pytest.raises(MigrationError):
        await migrate(connection, [Migration.of("0001_log.sql", "SELECT 1/0")])
    other = await asyncpg.connect(empty_url)
    try:
        async with asyncio.timeout(5):
            assert await migrate(other, [LOG]) == [LOG]
    finally:
        await other.close()


async def test_a_file_that_commits_is_refused(connection: asyncpg.Connection) -> None:
    with pytest.raises(MigrationError) as refused:
        await migrate(connection, [Migration.of("0001_log.sql", "CREATE TABLE log (); COMMIT;")])
    assert refused.value.code is MigrationCode.ENDED_TRANSACTION
    assert_speaks(refused.value)
    assert await connection.fetchval("SELECT count(*) FROM registry.migration") == 0
    assert not connection.is_in_transaction()


async def test_a_commit_that_fails_is_a_file_that_fails(connection: asyncpg.Connection) -> None:
    deferred = Migration.of(
        "0001_log.sql",
        "CREATE TABLE a (x int PRIMARY KEY); "
        "CREATE TABLE b (x int REFERENCES a DEFERRABLE INITIALLY DEFERRED); INSERT INTO b VALUES (1);",
    )
    with pytest.raises(MigrationError, match=MigrationCode.FAILED):
        await migrate(connection, [deferred])
    assert await connection.fetchval("SELECT to_regclass('a') IS NULL")
    assert await migrate(connection, [LOG]) == [LOG]


async def test_an_open_transaction_is_refused(connection: asyncpg.Connection) -> None:
    async with connection.transaction():
        with pytest.raises(MigrationError) as refused:
            await migrate(connection, [LOG])
    assert refused.value.code is MigrationCode.IN_TRANSACTION
    assert_speaks(refused.value)


async def test_a_changed_file_is_named(connection: asyncpg.Connection) -> None:
    await migrate(connection, [LOG, HEAD])
    error = await refusal_of(connection, LOG, Migration.of(HEAD.name, "CREATE TABLE head (position int);"))
    assert error.code is MigrationCode.FILE_CHANGED
    assert "0002_head.sql" in error.english


async def test_a_renamed_file_is_named_as_it_was(connection: asyncpg.Connection) -> None:
    await migrate(connection, [LOG, HEAD])
    error = await refusal_of(connection, LOG, Migration.of("0002_tail.sql", HEAD.sql))
    assert error.code is MigrationCode.FILE_MISSING
    assert "0002_head.sql" in error.english


async def test_a_database_of_a_newer_program_is_refused(connection: asyncpg.Connection) -> None:
    await migrate(connection, [LOG, HEAD])
    error = await refusal_of(connection, LOG)
    assert error.code is MigrationCode.DATABASE_NEWER
    assert "0002_head.sql" in error.english


async def test_a_record_with_a_hole_is_refused(connection: asyncpg.Connection) -> None:
    await migrate(connection, [LOG, HEAD, SLOW])
    await connection.execute("DELETE FROM registry.migration WHERE number = 2")
    error = await refusal_of(connection, LOG, HEAD, SLOW)
    assert error.code is MigrationCode.RECORD_GAP
    assert "0002_head.sql" in error.english


def test_loads_files_in_order_and_ignores_others(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, n0002_b="B", n0001_a="A")
    (folder / "README.md").write_text("text", encoding="utf-8")
    assert [(migration.number, migration.name, migration.sql) for migration in load_migrations(folder)] == [
        (1, "0001_a.sql", "A"),
        (2, "0002_b.sql", "B"),
    ]


def test_line_ends_do_not_count() -> None:
    assert Migration.of("0001_a.sql", "A\r\nB").sha256 == Migration.of("0001_a.sql", "A\nB").sha256


@pytest.mark.parametrize(
    ("names", "code", "named"),
    [
        (["0001_a", "0003_c"], MigrationCode.GAP, "0003_c.sql"),
        (["0002_b"], MigrationCode.GAP, "0002_b.sql"),
        (["0000_z", "0001_a"], MigrationCode.GAP, "0000_z.sql"),
        (["0001_a", "0001_b"], MigrationCode.DUPLICATE_NUMBER, "0001_b.sql"),
        (["0001_a", "2_b"], MigrationCode.BAD_NAME, "2_b.sql"),
        (["0001_A"], MigrationCode.BAD_NAME, "0001_A.sql"),
    ],
)
def test_files_that_do_not_count_up_are_named(
    tmp_path: Path, names: list[str], code: MigrationCode, named: str
) -> None:
    with pytest.raises(MigrationError) as refused:
        load_migrations(folder_with(tmp_path, **{f"n{name}": "" for name in names}))
    assert refused.value.code is code
    assert named in refused.value.english
    assert_speaks(refused.value)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(MigrationError) as refused:
        load_migrations(tmp_path / "nothing")
    assert refused.value.code is MigrationCode.FOLDER_MISSING
    assert_speaks(refused.value)


async def test_a_test_database_has_every_migration_of_the_project(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        assert await pending(connection, load_migrations()) == []
        assert await connection.fetchval("SELECT count(*) FROM registry.migration") == len(load_migrations())
    finally:
        await connection.close()
