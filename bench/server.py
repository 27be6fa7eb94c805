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
    """An embedded PostgreSQL in a temporary folder; a context manager that leaves nothing behind."""

    def __init__(self) -> None:
        self._leaving = contextlib.ExitStack()
        # The path must stay short: a Unix socket's may not exceed 107 bytes.
        self._folder = tempfile.TemporaryDirectory(prefix="kexie-bench-")
        self.folder = Path(self._folder.name)
        self._postgres = EmbeddedPostgres(
            self.folder / "postgres", durable=True, settings={"max_connections": str(MAX_CONNECTIONS)}
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
    def database(self, name: str, schema: Sequence[Path] = ()) -> Iterator[str]:
        """Create an empty database, run the SQL files in order, yield its address, and drop it.

        A checkpoint follows the set-up, so that each measurement starts with the same share of
        full-page writes ahead of it and none inherits the dirty pages of the one before.
        """
        admin = self.url("postgres")
        asyncio.run(create_database(admin, name))
        try:
            for file in schema:
                asyncio.run(_execute(self.url(name), file.read_text(encoding="utf-8")))
            asyncio.run(_execute(admin, "CHECKPOINT"))
            yield self.url(name)
        finally:
            asyncio.run(_execute(admin, f'DROP DATABASE "{name}" WITH (FORCE)'))


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
