"""A streaming standby of the tests' server: a real one, made by pg_basebackup, and servers that ask it."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from graphql_api.settings import Settings
from registry.store.postgres import EmbeddedPostgres
from registry.store.postgres_account import make_private_folder, run_program, server_account
from registry.store.postgres_cluster import START_LOCK, prepare_data_dir
from tests.support.database import ask, clone, drop, temporary_folder
from tests.support.provider import free_port
from tests.support.servers import kill_postmaster
from tests.support.serving import Served, served
from tests.support.witnessing import settings_of

CLOSE, FAR = 0.5, 60.0
"""Seconds that a replica may be behind: so few that a pause is noticed, so many that it is not."""

_PATIENCE_SECONDS = 60.0
_THERE = "SELECT 1 FROM pg_database WHERE datname = '{}'"


class Standby:
    """A standby under way; its replay can be paused."""

    def __init__(self, server: EmbeddedPostgres) -> None:
        self._server = server

    def url(self, database: str) -> str:
        """Return the address of a database on it."""
        return self._server.url(database)

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Let it replay nothing until the context ends."""
        ask(self.url("postgres"), "SELECT pg_wal_replay_pause()")
        until(lambda: self._state() == "paused")
        try:
            yield
        finally:
            self.resume()

    def resume(self) -> None:
        """Let it go on."""
        ask(self.url("postgres"), "SELECT pg_wal_replay_resume()")

    def impatient(self) -> None:
        """Let it wait for no question that stands in the way of its replay."""
        address = self.url("postgres")
        ask(address, "ALTER SYSTEM SET max_standby_streaming_delay = 0")
        ask(address, "SELECT pg_reload_conf()")
        until(lambda: ask(address, "SHOW max_standby_streaming_delay") == "0")

    def kill(self) -> None:
        """End it without a word."""
        kill_postmaster(self._server.data_dir)

    def _state(self) -> object:
        return ask(self.url("postgres"), "SELECT pg_get_wal_replay_pause_state()")


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "it does not come"
        time.sleep(0.02)


@contextlib.contextmanager
def standby_of(primary: EmbeddedPostgres) -> Iterator[Standby]:
    """Give a standby of ``primary`` as it is, with everything that is made there later."""
    address = primary.url("postgres")
    rules = primary.data_dir / "hba.conf"
    former = rules.read_text(encoding="utf-8")
    rules.write_text(former + "local replication all peer map=kexie\n", encoding="utf-8")
    ask(address, "SELECT pg_reload_conf()")
    base = Path("/dev/shm")  # noqa: S108 - the folder made in it is private
    with temporary_folder(base if base.exists() else None) as folder:
        data = folder / "standby"
        _copy(address, data)
        settings = {"hot_standby": "on"}
        with EmbeddedPostgres(data, durable=False, settings=settings) as server:
            yield Standby(server)


def _copy(address: str, data: Path) -> None:
    account = server_account()
    prepare_data_dir(data, account)
    (data / START_LOCK).touch(0o600)
    make_private_folder(data / "cluster", account)
    where = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    arguments = ["--pgdata", str(data / "cluster"), "--host", where["host"], "--port", where["port"]]
    more = ["--username", "postgres", "--checkpoint", "fast", "--write-recovery-conf", "--no-sync"]
    done = run_program(account, "pg_basebackup", [*arguments, *more], timeout_seconds=_PATIENCE_SECONDS)
    assert not done.returncode, done.stdout


@contextlib.contextmanager
def there_too(postgres: EmbeddedPostgres, template: str, standby: Standby) -> Iterator[str]:
    """Give the name of a database of the test's own that both servers have."""
    name = asyncio.run(clone(postgres, template))
    until(lambda: ask(standby.url("postgres"), _THERE.format(name)))
    yield name
    asyncio.run(drop(postgres, name))


def served_by_replica(url: str, replica: str, lag: float) -> contextlib.AbstractContextManager[Served]:
    """Serve a register whose replica answers as long as it is ``lag`` seconds behind at most."""
    return answered_by_replica(
        url, settings_of(replica_url=replica, replica_lag_seconds=lag, port=free_port())
    )


@contextlib.contextmanager
def answered_by_replica(url: str, settings: Settings) -> Iterator[Served]:
    """Serve a register once its replica answers."""
    with served(url, settings) as server:
        until(lambda: not warnings_of(server))
        yield server


def warnings_of(server: Served) -> list[str]:
    """Return of what a server warns, which is ready."""
    response = server.anybody.http.get("/readyz")
    assert response.status_code == 200, response.text
    found: list[str] = response.json().get("warnings", [])
    return found
