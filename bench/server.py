"""The PostgreSQL that all contenders of a benchmark share: durable, empty, gone afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Self

import asyncpg

from registry.store.postgres import EmbeddedPostgres, create_database
from registry.store.postgres_account import programs_folder

MAX_CONNECTIONS = 300
"""256 clients in flight, and room for those who watch."""

TOLD_SETTINGS = ("fsync", "synchronous_commit", "full_page_writes", "wal_level", "shared_buffers")
"""The settings that a reader of a benchmark wants to know."""


class BenchServer:
    """An embedded PostgreSQL, by default in a temporary folder; a context manager that cleans up."""

    def __init__(self, data: Path | None = None) -> None:
        """Run on an empty folder, or on the one that keeps its databases at ``data``."""
        self._leaving = contextlib.ExitStack()
        # The path must stay short: a Unix socket's may not exceed 107 bytes.
        self._folder = tempfile.TemporaryDirectory(prefix="kexie-bench-")
        self.folder = Path(self._folder.name)
        self._postgres = EmbeddedPostgres(
            data or self.folder / "postgres", durable=True, settings={"max_connections": str(MAX_CONNECTIONS)}
        )

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as leaving:
            leaving.enter_context(self._folder)
            # Started by root, the server runs as another user, who must pass through to its data.
            self.folder.chmod(0o711)
            leaving.enter_context(self._postgres)
            self._leaving = leaving.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._leaving.close()

    def url(self, database: str) -> str:
        """Return the address of a database, as asyncpg and libpq both read it."""
        return self._postgres.url(database)

    def facts(self) -> dict[str, str]:
        """Return the server's version and the settings that bear on a figure, by name."""
        return asyncio.run(_show(self.url("postgres"), ("server_version", *TOLD_SETTINGS)))

    @contextlib.contextmanager
    def database(self, name: str, schema: Sequence[Path] = (), template: str | None = None) -> Iterator[str]:
        """Create a database, empty or like another, run the SQL files in order, yield its address, drop it.

        A checkpoint follows the set-up, so that each measurement starts with the same share of
        full-page writes ahead of it and none inherits the dirty pages of the one before.
        """
        admin = self.url("postgres")
        if template is None:
            self.create(name)
        else:
            # What a run that was killed left behind.
            self.drop(name)
            copy = f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy'
            asyncio.run(_execute(admin, copy))
        try:
            for file in schema:
                asyncio.run(_execute(self.url(name), file.read_text(encoding="utf-8")))
            asyncio.run(_execute(admin, "CHECKPOINT"))
            yield self.url(name)
        finally:
            self.drop(name)

    def create(self, name: str) -> None:
        """Create an empty database."""
        asyncio.run(create_database(self.url("postgres"), name))

    def execute(self, url: str, statements: str) -> None:
        """Run SQL statements in the database at ``url``."""
        asyncio.run(_execute(url, statements))

    def drop(self, name: str) -> None:
        """Drop a database if it is there, whoever uses it."""
        asyncio.run(_execute(self.url("postgres"), f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


def program(name: str) -> Path:
    """Return the path of a client program of the same PostgreSQL release, such as pgbench."""
    return programs_folder() / name


@contextlib.contextmanager
def stopping_on_termination() -> Iterator[None]:
    """Turn SIGTERM into an exit, so that a benchmark that is ended still stops its server."""

    def leave(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


async def _execute(url: str, statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statements)
    finally:
        await connection.close()


async def _show(url: str, names: Sequence[str]) -> dict[str, str]:
    connection = await asyncpg.connect(url)
    try:
        return {name: str(await connection.fetchval(f"SHOW {name}")) for name in names}
    finally:
        await connection.close()
