"""What the embedded server does after accidents: kills, interruptions, full disks, folders of others."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from types import FrameType

import pytest

from registry.store.postgres import EmbeddedPostgres
from registry.store.postgres_account import make_private_folder, server_account
from registry.store.postgres_cluster import identity
from registry.store.postgres_errors import EmbeddedCode, EmbeddedPostgresError
from registry.store.postmaster import read_postmaster, server_processes, wait_until
from tests.support.database import ask, temporary_folder
from tests.support.processes import first_line, is_alive, start_python

# Starts a server under a limit on the size of files, which initdb meets as it meets a full disk.
CRAMPED = """
import resource, sys
from pathlib import Path
from registry.store.postgres import EmbeddedPostgres
from registry.store.postgres_errors import EmbeddedPostgresError
resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
try:
    EmbeddedPostgres(Path(sys.argv[1]), durable=False).start()
except EmbeddedPostgresError as error:
    print(error.code, bool(error.log_tail), flush=True)
"""

# Keeps a backend of a server computing, and prints its number.
COMPUTE = """
import asyncio, contextlib, sys
import asyncpg
async def main():
    connection = await asyncpg.connect(sys.argv[1])
    print(connection.get_server_pid(), flush=True)
    with contextlib.suppress(asyncpg.PostgresError, OSError):
        await connection.execute("DO $$ BEGIN LOOP END LOOP; END $$")
asyncio.run(main())
"""

START = """
import sys
from pathlib import Path
from registry.store.postgres import EmbeddedPostgres
EmbeddedPostgres(Path(sys.argv[1]), durable=False).start()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with temporary_folder() as made:
        yield made / "postgres"


def left_of(folder: Path) -> list[int]:
    """Return the processes that a server on ``folder`` has left."""
    return server_processes(f"kexie-{identity(folder.resolve())}")


def refusal_of(server: EmbeddedPostgres) -> EmbeddedPostgresError:
    """Return why the server does not start, which both languages can say."""
    with pytest.raises(EmbeddedPostgresError) as refused:
        server.start()
    error = refused.value
    for sentence in (error.english, error.chinese, error.advice_english, error.advice_chinese):
        assert sentence
        assert "{" not in sentence
    assert str(error).startswith(error.code)
    assert not left_of(server.data_dir)
    return error


@pytest.fixture
def dead_and_orphan(folder: Path) -> Iterator[tuple[int, int]]:
    """Give the numbers of a main process that was killed and of its backend that did not notice.

    A backend that computes looks for nothing else, and keeps the server's shared memory.
    """
    server = EmbeddedPostgres(folder)
    server.start()
    assert server.pid is not None
    ask(server.url("postgres"), "CREATE TABLE kept AS SELECT 42 AS answer")
    client = start_python(COMPUTE, server.url("postgres"))
    orphan = int(first_line(client))
    time.sleep(0.3)
    dead = server.pid
    os.kill(dead, signal.SIGKILL)
    assert wait_until(lambda: not is_alive(dead), 10)
    yield dead, orphan
    with contextlib.suppress(ProcessLookupError):
        os.kill(orphan, signal.SIGKILL)
    client.communicate(timeout=30)
    # The one whose server was killed is still a user, and here the last one.
    server.stop()
    assert not left_of(folder)


def test_recovers_after_its_main_process_was_killed_under_a_busy_backend(
    folder: Path, dead_and_orphan: tuple[int, int]
) -> None:
    dead, orphan = dead_and_orphan
    assert is_alive(orphan)
    with EmbeddedPostgres(folder) as successor:
        assert successor.pid != dead
        assert not is_alive(orphan)
        assert ask(successor.url("postgres"), "SELECT answer FROM kept") == 42


def test_the_number_of_a_dead_server_may_belong_to_another_program(folder: Path) -> None:
    with EmbeddedPostgres(folder, durable=False):
        stale = (folder / "cluster" / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    account = server_account()
    other = subprocess.Popen(["sleep", "60"], user=account.uid if account.is_other else None)
    try:
        # PostgreSQL by itself refuses to start: its own user has a process of that number.
        stale[0] = str(other.pid)
        (folder / "cluster" / "postmaster.pid").write_text("\n".join(stale) + "\n", encoding="utf-8")
        with EmbeddedPostgres(folder, durable=False) as server:
            assert server.pid != other.pid
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_a_broken_pid_file_is_no_obstacle(folder: Path) -> None:
    with EmbeddedPostgres(folder, durable=False):
        pass
    for content in ("", "not a number\n", "999999999\n"):
        (folder / "cluster" / "postmaster.pid").write_text(content, encoding="utf-8")
        with EmbeddedPostgres(folder, durable=False) as server:
            assert server.pid is not None


@pytest.mark.parametrize("seconds", [0.1, 0.5])
def test_an_initialization_that_was_killed_is_made_anew(folder: Path, seconds: float) -> None:
    starter = start_python(START, folder)
    assert wait_until(lambda: any(folder.glob("cluster.partial-*")), 30)
    time.sleep(seconds)
    starter.kill()
    starter.communicate()
    with EmbeddedPostgres(folder, durable=False) as server:
        assert ask(server.url("postgres"), "SELECT 1") == 1
    assert not left_of(folder)


def test_a_folder_that_is_no_cluster_is_moved_aside_and_kept(folder: Path) -> None:
    with EmbeddedPostgres(folder, durable=False):
        pass
    (folder / "cluster" / "PG_VERSION").unlink()
    with EmbeddedPostgres(folder, durable=False) as server:
        assert ask(server.url("postgres"), "SELECT 1") == 1
    [aside] = folder.glob("cluster.incomplete-*")
    assert (aside / "global" / "pg_control").exists()


def test_data_of_another_version_are_refused_and_left_alone(folder: Path) -> None:
    with EmbeddedPostgres(folder, durable=False):
        pass
    (folder / "cluster" / "PG_VERSION").write_text("17\n", encoding="ascii")
    error = refusal_of(EmbeddedPostgres(folder))
    assert error.code is EmbeddedCode.OTHER_VERSION
    assert "17" in error.english
    assert "pg_upgrade" in error.advice_chinese
    assert (folder / "cluster" / "global" / "pg_control").exists()


def test_a_full_disk_is_told_with_what_initdb_said(folder: Path) -> None:
    cramped = start_python(CRAMPED, folder)
    assert first_line(cramped) == "POSTGRES_INIT_FAILED True"
    cramped.communicate()
    assert not (folder / "cluster").exists()
    assert not list(folder.glob("cluster.partial-*"))


def test_a_server_that_fails_is_told_with_what_it_said(folder: Path) -> None:
    error = refusal_of(EmbeddedPostgres(folder, durable=False, settings={"shared_buffers": "many"}))
    assert error.code is EmbeddedCode.START_FAILED
    assert "shared_buffers" in error.log_tail
    assert error.log_tail in str(error)
    with EmbeddedPostgres(folder, durable=False) as server:
        assert server.pid is not None


def test_a_server_that_is_not_ready_in_time_is_ended(folder: Path) -> None:
    hasty = EmbeddedPostgres(folder, durable=False, start_timeout_seconds=0)
    assert refusal_of(hasty).code is EmbeddedCode.START_TIMEOUT


def test_a_folder_with_other_files_is_not_taken_over(folder: Path) -> None:
    folder.mkdir(mode=0o755)
    (folder / "thesis.txt").write_text("years of work", encoding="utf-8")
    before = folder.stat()
    assert refusal_of(EmbeddedPostgres(folder)).code is EmbeddedCode.FOLDER_NOT_OURS
    after = folder.stat()
    assert (after.st_mode, after.st_uid) == (before.st_mode, before.st_uid)
    assert [path.name for path in folder.iterdir()] == ["thesis.txt"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give folders away")
def test_a_folder_of_another_user_is_not_taken_over(folder: Path) -> None:
    folder.mkdir()
    os.chown(folder, 65534, 65534)
    error = refusal_of(EmbeddedPostgres(folder))
    assert error.code is EmbeddedCode.FOLDER_OF_OTHERS
    socket = folder.parent / "socket"
    socket.mkdir()
    os.chown(socket, 65534, 65534)
    with pytest.raises(EmbeddedPostgresError, match="POSTGRES_FOLDER_OF_OTHERS"):
        make_private_folder(socket, server_account())


def test_a_link_in_place_of_a_private_folder_is_not_followed(folder: Path) -> None:
    target = folder.parent / "target"
    target.mkdir(mode=0o755)
    folder.symlink_to(target)
    with pytest.raises(EmbeddedPostgresError, match="POSTGRES_FOLDER_UNUSABLE"):
        make_private_folder(folder, server_account())
    assert target.stat().st_mode & 0o777 == 0o755
    assert target.stat().st_uid == os.geteuid()


def test_a_place_that_takes_no_folder_is_told(folder: Path) -> None:
    folder.write_text("a file", encoding="utf-8")
    error = refusal_of(EmbeddedPostgres(folder / "postgres"))
    assert error.code is EmbeddedCode.FOLDER_UNUSABLE
    assert "Not a directory" in error.english


def test_durable_users_do_not_join_a_server_that_is_not(folder: Path) -> None:
    with EmbeddedPostgres(folder, durable=False) as careless:
        with pytest.raises(EmbeddedPostgresError) as refused:
            EmbeddedPostgres(folder).start()
        assert refused.value.code is EmbeddedCode.NOT_DURABLE
        assert careless.pid is not None
        assert is_alive(careless.pid)


def test_waiting_for_another_process_is_bounded(folder: Path) -> None:
    folder.mkdir()
    with (folder / "start.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        error = refusal_of(EmbeddedPostgres(folder, start_timeout_seconds=0.2))
    assert error.code is EmbeddedCode.BUSY


def test_a_server_that_somebody_is_joining_is_left_to_them(folder: Path) -> None:
    leaving = EmbeddedPostgres(folder, durable=False, stop_timeout_seconds=0.2)
    leaving.start()
    pid = leaving.pid
    assert pid is not None
    with (folder / "start.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        leaving.stop()
        assert is_alive(pid)
    with EmbeddedPostgres(folder, durable=False) as joined:
        assert joined.pid == pid
    assert not is_alive(pid)


@pytest.mark.parametrize("seconds", [0.05, 0.4, 0.8])
def test_stop_from_a_signal_handler_ends_a_start(folder: Path, seconds: float) -> None:
    server = EmbeddedPostgres(folder, durable=False)
    refusals: list[StrEnum] = []

    def handle(_number: int, _frame: FrameType | None) -> None:
        server.stop()

    before = signal.signal(signal.SIGALRM, handle)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            server.start()
        except EmbeddedPostgresError as error:
            refusals.append(error.code)
        # On a quick machine the server may be ready first; then the handler stops it.
        assert refusals in ([], [EmbeddedCode.START_ABANDONED])
        assert wait_until(lambda: not left_of(folder), 10)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        server.stop()


def test_an_interrupted_start_leaves_no_server(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_server: EmbeddedPostgres, process: subprocess.Popen[bytes], _since: int) -> None:
        assert wait_until(lambda: read_postmaster(folder / "cluster") is not None, 10)
        assert is_alive(process.pid)
        raise KeyboardInterrupt

    server = EmbeddedPostgres(folder, durable=False)
    with monkeypatch.context() as patched:
        patched.setattr(EmbeddedPostgres, "_wait_until_ready", interrupt)
        with pytest.raises(KeyboardInterrupt):
            server.start()
    assert not left_of(folder)
    with server:
        assert server.pid is not None


@pytest.mark.slow
def test_a_server_that_does_not_stop_is_killed_in_bounded_time(folder: Path) -> None:
    server = EmbeddedPostgres(folder, durable=False, stop_timeout_seconds=1)
    server.start()
    assert server.pid is not None
    os.kill(server.pid, signal.SIGSTOP)
    begun = time.monotonic()
    server.stop()
    assert time.monotonic() - begun < 20
    assert not left_of(folder)


def test_a_moved_data_folder_still_works(folder: Path) -> None:
    with EmbeddedPostgres(folder, durable=False):
        pass
    moved = folder.with_name("moved")
    shutil.move(folder, moved)
    with EmbeddedPostgres(moved, durable=False) as server:
        assert server.pid is not None
