"""The files of the embedded server: initialized whole or not at all, and never deleted once whole (数据目录).

    DATA_DIR/            of the user who runs the program; 0700, or 0711 when root runs it
        cluster/         PostgreSQL's data, 0700, of the server's user
        socket/          its Unix socket, 0700, of the server's user
        hba.conf ident.conf   who may connect, written at every start
        server.log       what the server says; the former one is server.log.1
        start.lock users.lock   see registry.store.postgres

The program writes only where the server cannot, so a server that was taken over cannot lead root's writes
astray.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
import stat
import subprocess
import time
from pathlib import Path

from registry.store.postgres_account import (
    Account,
    let_enter,
    make_private_folder,
    owner_name,
    run_program,
    unusable,
)
from registry.store.postgres_errors import EmbeddedCode, EmbeddedPostgresError
from registry.store.postmaster import PORT

MAJOR_VERSION = "18"
START_LOCK = "start.lock"

# What makes text compare alike everywhere; docker-compose.yml says the same.
INITDB_LOCALE = (
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--lc-collate=C",
    "--lc-ctype=C.UTF-8",
)

_PARTIAL = "cluster.partial-"
_INITDB_TIMEOUT_SECONDS = 300.0
_TAIL_LINES = 20
_TAIL_BYTES = 8192
_LOG_LIMIT_BYTES = 10 * 1024 * 1024

# Linux allows 107 bytes, macOS and the BSDs 103.
_SOCKET_PATH_LIMIT_BYTES = 103
_SOCKET_NAME = f".s.PGSQL.{PORT}"
# What is put there is made private, and checked to be ours.
_SHARED = "/tmp"  # noqa: S108 - as said above
# These mean something in a list of hosts, in a list of folders, or in the lines of postmaster.pid.
_SOCKET_PATH_FORBIDDEN = re.compile(r'[,"\n\r]')

_INITDB_ARGUMENTS = (
    "--username=postgres",
    *INITDB_LOCALE,
    "--lc-messages=C",
    "--lc-monetary=C",
    "--lc-numeric=C",
    "--lc-time=C",
    "--text-search-config=simple",
    "--data-checksums",
    "--auth-local=peer",
    "--auth-host=reject",
)

# These go into postgresql.conf, where an operator may tune them.
_INITIAL_SETTINGS = {
    "shared_buffers": "256MB",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # The DETAIL of a violated constraint quotes the row, and rows hold personal data that must be erasable.
    "log_error_verbosity": "terse",
}

_log = logging.getLogger(__name__)


def prepare_data_dir(data_dir: Path, account: Account) -> None:
    """Make the data folder, or check that the existing one is ours; let the server's user pass through it."""
    if "\n" in str(data_dir) or "\r" in str(data_dir):
        # PostgreSQL writes the path into a file of lines.
        raise EmbeddedPostgresError(
            EmbeddedCode.FOLDER_UNUSABLE, folder=repr(str(data_dir)), problem="line break"
        )
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        state = data_dir.stat()
        if state.st_uid != os.geteuid():
            raise EmbeddedPostgresError(
                EmbeddedCode.FOLDER_OF_OTHERS,
                folder=data_dir,
                owner=owner_name(state.st_uid),
                expected=owner_name(os.geteuid()),
            )
        if not (data_dir / START_LOCK).exists() and any(data_dir.iterdir()):
            raise EmbeddedPostgresError(EmbeddedCode.FOLDER_NOT_OURS, folder=data_dir)
        mode = 0o711 if account.is_other else 0o700
        if stat.S_IMODE(state.st_mode) != mode:
            data_dir.chmod(mode)
        let_enter(account, data_dir)
    except OSError as error:
        raise unusable(data_dir, error) from error


def ensure_cluster(data_dir: Path, account: Account, *, durable: bool) -> Path:
    """Return the folder of a whole cluster of our version, initializing it if there is none.

    initdb works in a folder of another name, which is renamed when it is done: so ``cluster`` is always
    whole. One without PG_VERSION was tampered with; it is moved aside, not deleted.
    """
    cluster = data_dir / "cluster"
    for partial in data_dir.glob(f"{_PARTIAL}*"):
        # Left by an initdb that was interrupted. One that still runs may defy deletion; the next start sees
        # to it.
        shutil.rmtree(partial, ignore_errors=True)
    try:
        if cluster.exists():
            found = _read_version(cluster)
            if found == MAJOR_VERSION:
                return cluster
            if found:
                raise EmbeddedPostgresError(
                    EmbeddedCode.OTHER_VERSION, folder=cluster, found=found, expected=MAJOR_VERSION
                )
            aside = data_dir / f"cluster.incomplete-{time.time_ns()}"
            cluster.rename(aside)
            _log.warning("%s was no complete cluster and is now %s", cluster, aside)
        _initialize(cluster, account, durable=durable)
    except OSError as error:
        raise unusable(cluster, error) from error
    return cluster


def write_access_files(data_dir: Path, account: Account) -> dict[str, str]:
    """Write who may connect, and return the settings that make the server use it.

    The socket's folder is private already; on top of that the system tells the server who connects (peer),
    and only the server's user, root and the user of this process are taken.
    """
    names = dict.fromkeys((account.name, "root", owner_name(os.geteuid())))
    files = {
        "hba.conf": "local all all peer map=kexie\n",
        "ident.conf": "".join(f'kexie "{name}" all\n' for name in names),
    }
    for name, text in files.items():
        replacement = data_dir / f"{name}.new"
        replacement.write_text(text, encoding="utf-8")
        replacement.chmod(0o644)
        replacement.replace(data_dir / name)
    return {"hba_file": str(data_dir / "hba.conf"), "ident_file": str(data_dir / "ident.conf")}


def make_socket_folder(data_dir: Path, account: Account) -> Path:
    """Return a private folder (0700) whose path is short enough for a Unix socket.

    It lies in the data folder if it can; otherwise under XDG_RUNTIME_DIR (under /run for root, whose own
    runtime folder the server's user may not enter), and else under /tmp.
    """
    name = f"kexie-{identity(data_dir)}"
    bases = ["/run"] if account.is_other else [os.environ.get("XDG_RUNTIME_DIR", "")]
    candidates = [data_dir / "socket", *(Path(base) / name for base in (*bases, _SHARED) if base)]
    for folder in candidates:
        path = str(folder / _SOCKET_NAME)
        if len(os.fsencode(path)) > _SOCKET_PATH_LIMIT_BYTES or _SOCKET_PATH_FORBIDDEN.search(path):
            continue
        try:
            make_private_folder(folder, account)
        except EmbeddedPostgresError as error:
            _log.info("no socket in %s: %s", folder, error)
            continue
        return folder
    raise EmbeddedPostgresError(EmbeddedCode.NO_SOCKET_FOLDER, folders=", ".join(map(str, candidates)))


def identity(data_dir: Path) -> str:
    """Return a short name for the data folder, the same in every process."""
    return hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]


def open_log(path: Path) -> int:
    """Open the server's log for appending, after putting away one that has grown over 10 MiB."""
    try:
        if path.exists() and path.stat().st_size > _LOG_LIMIT_BYTES:
            path.replace(path.with_name(f"{path.name}.1"))
        return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise unusable(path, error) from error


def log_tail(path: Path, since: int = 0) -> str:
    """Return the last lines of the server's log, from byte ``since`` on."""
    if not path.exists():
        return ""
    with path.open("rb") as stream:
        stream.seek(max(since, path.stat().st_size - _TAIL_BYTES))
        return last_lines(stream.read().decode(errors="replace"))


def last_lines(text: str) -> str:
    """Return the last lines of a text, few enough to be shown with an error."""
    return "\n".join(text.splitlines()[-_TAIL_LINES:])


def _read_version(cluster: Path) -> str:
    """Return the major version of the cluster's data, or nothing if it has none."""
    try:
        return (cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


def _initialize(cluster: Path, account: Account, *, durable: bool) -> None:
    partial = cluster.with_name(f"{_PARTIAL}{os.getpid()}-{time.time_ns()}")
    settings = [part for name, value in _INITIAL_SETTINGS.items() for part in ("-c", f"{name}={value}")]
    sync = [] if durable else ["--no-sync"]
    make_private_folder(partial, account)
    try:
        finished = run_program(
            account,
            "initdb",
            ["--pgdata", str(partial), *_INITDB_ARGUMENTS, *settings, *sync],
            timeout_seconds=_INITDB_TIMEOUT_SECONDS,
        )
        if finished.returncode:
            said = last_lines(finished.stdout)
            raise EmbeddedPostgresError(EmbeddedCode.INIT_FAILED, folder=cluster, log_tail=said)
        partial.rename(cluster)
    except subprocess.TimeoutExpired as error:
        raise EmbeddedPostgresError(EmbeddedCode.INIT_FAILED, folder=cluster, log_tail=str(error)) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    if durable:
        _sync_folder(cluster.parent)


def _sync_folder(folder: Path) -> None:
    """Make the renaming survive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
