"""What is wrong with an installation, and how to mend it (安装检查)."""

from __future__ import annotations

import shutil
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from typing import NamedTuple

import asyncpg

from graphql_api.pages import is_built
from graphql_api.settings import Settings
from graphql_api.standing import Standing
from projections.status import status
from registry.statements import statement
from registry.store.connection import Connection, connect
from registry.store.migrations import load_migrations, pending
from registry.store.postgres_errors import PostgresError

_DISK_BYTES = 1024**3
_TREE_DRIFT = statement("registry.store", "tree_drift")
POSTGRESQL = 18
"""The oldest major version that has everything we ask of it."""


class Finding(NamedTuple):
    """One thing looked at; ``mend`` says what to do when it is wrong."""

    what: str
    wrong: bool
    mend: str = ""

    def __str__(self) -> str:
        """Return a line for people."""
        return f"{'✗' if self.wrong else '✓'} {self.what}" + (f" → {self.mend}" if self.wrong else "")


async def examine(settings: Settings) -> list[Finding]:
    """Look at the program, its page, its port, its disk and its database; changes nothing."""
    return [*_surroundings(settings), *[finding async for finding in _database(settings)]]


def _surroundings(settings: Settings) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(f"Python {version}", sys.version_info < (3, 11), "install Python 3.11 or newer")
    yield Finding("the web page is built", not is_built(), "run `make web`")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
            taken = False
        except OSError:
            taken = True
    yield Finding(
        f"port {settings.port} on {settings.host} is free",
        taken,
        "another program (or kexie itself) listens there: stop it, or set KEXIE_PORT",
    )
    folder = settings.data_dir if settings.data_dir.exists() else settings.data_dir.absolute().parent
    free = shutil.disk_usage(folder).free
    yield Finding(f"{free // 1024**2} MiB free at {folder}", free < _DISK_BYTES, "make room: at least 1 GiB")
    server = settings.data_dir / "postgres"
    if settings.database_url is None and server.exists():
        open_to = server.stat().st_mode & 0o066
        yield Finding(f"{server} is closed to others", bool(open_to), f"chmod go-rw {server}")


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    if settings.database_url is None:
        exists = (settings.data_dir / "postgres").exists()
        state = "has data" if exists else "has no data yet: the first start makes them"
        yield Finding(f"embedded PostgreSQL at {settings.data_dir / 'postgres'} {state}", wrong=False)
        return
    try:
        connection = await connect(settings.database_url)
    except (OSError, asyncpg.PostgresError) as error:
        yield Finding(
            f"the database answers ({error})", wrong=True, mend="check KEXIE_DATABASE_URL and the server"
        )
        return
    try:
        version = connection.get_server_version()
        yield Finding(
            f"PostgreSQL {version.major}.{version.minor}", version.major < POSTGRESQL, "use PostgreSQL 18"
        )
        try:
            todo = await pending(connection, load_migrations())
        except PostgresError as error:
            yield Finding(error.english, wrong=True, mend=error.advice_english)
            return
        yield Finding(
            f"{len(todo)} migrations to apply", bool(todo), "start the server once: it applies them"
        )
        if not todo:
            for line in await status(connection):
                yield Finding(line, wrong=False)
            yield await _tree(connection)
            if settings.replica_url is not None:
                yield await _replica(
                    settings.database_url, settings.replica_url, settings.replica_lag_seconds
                )
    finally:
        await connection.close()


async def _tree(connection: Connection) -> Finding:
    """Say whether tree, log and checkpoints are of one size; whether they fit is for `kexie audit verify`."""
    row = await connection.fetchrow(_TREE_DRIFT)
    assert row is not None
    sizes = f"the tree has {row['head']} leaves, the log {row['events']} events up to {row['last']}"
    signed = "nothing" if row["signed"] is None else f"{row['signed']}"
    drifted = not row["head"] == row["last"] == row["events"] or (row["signed"] or 0) > row["head"]
    mend = "somebody changed the log: kexie audit verify names the position; restore from a backup"
    return Finding(f"{sizes}; signed: {signed}", drifted, mend)


async def _replica(primary: str, replica: str, seconds: float) -> Finding:
    """Say whether the replica is one, and as new as it has to be to answer questions."""
    problem = await Standing(lambda: connect(primary), lambda: connect(replica), seconds).looked()
    mend = "the primary answers meanwhile: check KEXIE_REPLICA_URL, and pg_stat_replication on the primary"
    return Finding(problem or "the replica answers questions", problem is not None, mend)
