"""Servers in processes of their own, as an operator runs them, to be killed and started again."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2

from registry.store.postgres import EmbeddedPostgres
from registry.store.postgres_cluster import identity
from registry.store.postmaster import read_postmaster, server_processes
from tests.support.processes import REPOSITORY

_PATIENCE_SECONDS = 60.0
PROGRAM = "from graphql_api.cli import main; main()"


class ServerProcess:
    """``kexie serve`` on a port of this machine, over an embedded PostgreSQL or a database that is given."""

    def __init__(self, folder: Path, database_url: str | None = None, program: str = PROGRAM) -> None:
        self.folder = folder
        self._program = program
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._where = ["--database-url", database_url] if database_url else ["--data-dir", str(folder)]
        self._log = folder / f"kexie-{self.port}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def issue_token(self) -> str:
        """Return a new administrator's token; the server need not run."""
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                PROGRAM,
                "token",
                "issue",
                "load",
                "--role",
                "administrator",
                *self._where,
            ],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            check=True,
            timeout=_PATIENCE_SECONDS,
        )
        return done.stdout.decode().split()[-1]

    def start(self) -> None:
        """Start it, and return when it says that it is ready."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", self._program, "serve", "--port", str(self.port), *self._where],
                cwd=REPOSITORY,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not self._is_ready():
            assert self._process.poll() is None, self._log.read_text(encoding="utf-8")
            assert time.monotonic() < deadline, self._log.read_text(encoding="utf-8")
            time.sleep(0.05)

    def _is_ready(self) -> bool:
        try:
            return httpx2.get(f"{self.url}/readyz", timeout=5, trust_env=False).status_code == 200
        except httpx2.TransportError:
            return False

    def kill(self) -> None:
        """End it without a word, as a crash does."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        assert self._process.wait(_PATIENCE_SECONDS) == -signal.SIGKILL
        self._process = None

    def stop(self) -> None:
        """Ask it to stop, as an operator does; nothing to do when it does not run."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE_SECONDS)
        finally:
            self._process.kill()
            self._process = None


@contextlib.contextmanager
def server_with_its_own_database(folder: Path) -> Iterator[ServerProcess]:
    """Give a server, not started yet; what is left of it and of its PostgreSQL ends with the context."""
    server = ServerProcess(folder)
    try:
        yield server
    finally:
        server.stop()
        # Whoever leaves last stops the PostgreSQL, also one that a killed server has left behind.
        with EmbeddedPostgres(folder / "postgres"):
            pass
        assert not server_processes(f"kexie-{identity((folder / 'postgres').resolve())}")


def kill_postmaster(postgres: Path) -> None:
    """Kill the main process of the PostgreSQL in the folder ``postgres``, which the test started."""
    found = read_postmaster(postgres / "cluster")
    assert found is not None
    os.kill(found.pid, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port
