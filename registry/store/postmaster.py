"""What shows from outside of a running PostgreSQL: its pid file, its socket, its processes (主进程).

Every process of a server carries the server's ``cluster_name`` in its command line, which any user may read:
unlike its working folder or its program, which a container's root is often forbidden to see.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

PORT = 5432

_PROC = Path("/proc")
_PID_FILE = "postmaster.pid"
_SOCKET_FOLDER_LINE = 4
_STATUS_LINE = 7
_POLL_SECONDS = 0.02
_CONNECT_TIMEOUT_SECONDS = 5.0


class Postmaster(NamedTuple):
    """The main process of a server, as its pid file tells; ``status`` is empty until it says something."""

    pid: int
    socket_folder: Path
    status: str

    @property
    def is_ready(self) -> bool:
        """Whether the server says it is ready and somebody listens at its socket.

        The pid file of a server that was killed still says so; its socket tells the truth.
        """
        return self.status == "ready" and _accepts(self.socket_folder)


def read_postmaster(cluster: Path) -> Postmaster | None:
    """Return what the pid file says, or nothing if there is none; one without a number yields pid 0."""
    try:
        lines = (cluster / _PID_FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return None
    lines += [""] * (_STATUS_LINE + 1 - len(lines))
    # A stand-alone backend writes its number negated.
    number = lines[0].strip().removeprefix("-")
    pid = int(number) if number.isdecimal() else 0
    return Postmaster(pid, Path(lines[_SOCKET_FOLDER_LINE].strip()), lines[_STATUS_LINE].strip())


def remove_pid_file(cluster: Path) -> None:
    """Remove the pid file of a server that is known to be dead."""
    (cluster / _PID_FILE).unlink(missing_ok=True)


def remove_socket_lock(socket_folder: Path) -> None:
    """Remove the lock that a dead server has left beside its socket, in a folder that no other server uses.

    PostgreSQL respects it for as long as any process has the number in it: another program, or the dead
    server itself while nobody has waited for it.
    """
    (socket_folder / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)


def server_processes(cluster_name: str) -> list[int]:
    """Return the process ids of the server with this name, main process and backends alike."""
    return [pid for pid, words in _commands() if is_server_command(words, cluster_name)]


def is_server_command(words: Sequence[str], cluster_name: str) -> bool:
    """Whether a command line is that of a process of the server with this name.

    The main process shows its arguments (``…/postgres … cluster_name=NAME``), its children a title
    (``postgres: NAME: checkpointer``).
    """
    if is_postgres_program(words) and f"cluster_name={cluster_name}" in words:
        return True
    return " ".join(words).startswith(f"postgres: {cluster_name}: ")


def is_postgres_program(words: Sequence[str]) -> bool:
    """Whether a command line starts the program ``postgres``, on whatever data."""
    return bool(words) and words[0].rsplit("/", 1)[-1] == "postgres"


def command_of(pid: int) -> Sequence[str]:
    """Return the command line of a process, empty if it does not live (a zombie has none)."""
    return next((words for number, words in _commands() if number == pid), ())


def end_processes(cluster_name: str, *, grace_seconds: float) -> None:
    """End what is left of a server whose main process is gone: ask (SIGQUIT), then kill.

    Their unfinished work is lost to nobody: without a main process the next start replays the log anyway.
    """
    for sent, seconds in ((signal.SIGQUIT, grace_seconds), (signal.SIGKILL, grace_seconds)):
        left = server_processes(cluster_name)
        for pid in left:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, sent)
        if not left or wait_until(lambda: not server_processes(cluster_name), seconds):
            return


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait until ``condition`` holds, at most ``seconds``; return whether it did."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def _accepts(folder: Path) -> bool:
    """Whether a process listens at the socket in ``folder``; a silent visit leaves no trace in its log."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(_CONNECT_TIMEOUT_SECONDS)
        try:
            client.connect(str(folder / f".s.PGSQL.{PORT}"))
        except OSError:
            return False
    return True


def _commands() -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the number and the command line of every living process."""
    if not (_PROC / "self").exists():
        yield from _commands_by_ps()
        return
    for entry in _PROC.iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                raw = (entry / "cmdline").read_bytes().rstrip(b"\0")
                if raw:
                    yield int(entry.name), raw.decode(errors="replace").split("\0")


def _commands_by_ps() -> Iterator[tuple[int, Sequence[str]]]:
    """Do the same on a system without /proc, such as macOS."""
    listed = subprocess.run(
        ["/bin/ps", "-axww", "-o", "pid=,command="], capture_output=True, text=True, check=False, timeout=10
    )
    for line in listed.stdout.splitlines():
        number, _, command = line.strip().partition(" ")
        if number.isdecimal():
            yield int(number), command.split()
