"""Bring the tables up to date: numbered SQL files, applied once and in order, forward only (数据库迁移).

A file is ``NNNN_name.sql``, numbered from 0001 without a gap. It runs in one transaction together with the
note that it did, so it is applied whole or not at all. What was applied is pinned by its SHA-256: a file
never changes after its release. Where files and database do not agree, nothing is done and a
``MigrationError`` names the file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib import resources
from importlib.resources.abc import Traversable
from typing import NamedTuple, Self

import asyncpg

from registry.statements import statement
from registry.store.postgres_errors import MigrationCode, MigrationError

_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")


class Migration(NamedTuple):
    """One step of the tables' history; ``name`` is the file's, ``sha256`` in hexadecimal (迁移)."""

    number: int
    name: str
    sql: str
    sha256: str

    @classmethod
    def of(cls, name: str, sql: str) -> Self:
        """Return the migration of a file; line ends do not count, since a checkout may change them."""
        matched = _NAME.fullmatch(name)
        if matched is None:
            raise MigrationError(MigrationCode.BAD_NAME, file=name)
        text = sql.replace("\r\n", "\n")
        return cls(int(matched[1]), name, text, hashlib.sha256(text.encode()).hexdigest())


def load_migrations(folder: Traversable | None = None) -> tuple[Migration, ...]:
    """Return the migrations of a folder in order, by default those of this program; ignore other files."""
    source = resources.files(__package__) / "sql" / "migrations" if folder is None else folder
    if not source.is_dir():
        raise MigrationError(MigrationCode.FOLDER_MISSING, folder=source)
    files = [file for file in source.iterdir() if file.name.endswith(".sql")]
    migrations = sorted(Migration.of(file.name, file.read_text(encoding="utf-8")) for file in files)
    for expected, migration in enumerate(migrations, start=1):
        if migration.number == expected:
            continue
        if expected > 1 and migration.number == expected - 1:
            other = migrations[expected - 2].name
            raise MigrationError(MigrationCode.DUPLICATE_NUMBER, file=migration.name, other=other)
        raise MigrationError(MigrationCode.GAP, file=migration.name, expected=f"{expected:04}")
    return tuple(migrations)


async def pending(connection: asyncpg.Connection, migrations: Sequence[Migration]) -> list[Migration]:
    """Return what is still to be applied; takes no lock and writes nothing, so it may be asked at any time.

    Raises MigrationError where files and database do not agree.
    """
    if not await connection.fetchval(statement(__package__, "migration_table_exists")):
        return list(migrations)
    applied = await connection.fetch(statement(__package__, "migration_applied"))
    _check(applied, migrations)
    return list(migrations[len(applied) :])


async def migrate(connection: asyncpg.Connection, migrations: Sequence[Migration]) -> list[Migration]:
    """Apply what is still to be applied, and return it.

    Of several processes at once, one works while the others wait and then find it done. Raises MigrationError
    where files and database do not agree, or where a file does not apply; the files before it stay applied.
    """
    if connection.is_in_transaction():
        raise MigrationError(MigrationCode.IN_TRANSACTION)
    async with _alone(connection):
        await connection.execute(statement(__package__, "migration_table"))
        todo = await pending(connection, migrations)
        for migration in todo:
            await _apply(connection, migration)
    return todo


async def _apply(connection: asyncpg.Connection, migration: Migration) -> None:
    transaction = connection.transaction()
    try:
        await transaction.start()
        try:
            await _run_and_record(connection, migration)
        except BaseException:
            if not connection.is_closed():
                await transaction.rollback()
            raise
        await transaction.commit()
    except asyncpg.PostgresError as error:
        raise MigrationError(MigrationCode.FAILED, file=migration.name, problem=error) from error


async def _run_and_record(connection: asyncpg.Connection, migration: Migration) -> None:
    await connection.execute(migration.sql)
    if not connection.is_in_transaction():
        raise MigrationError(MigrationCode.ENDED_TRANSACTION, file=migration.name)
    record = statement(__package__, "migration_record")
    await connection.execute(record, migration.number, migration.name, migration.sha256)


@asynccontextmanager
async def _alone(connection: asyncpg.Connection) -> AsyncIterator[None]:
    await connection.execute(statement(__package__, "migration_lock"))
    try:
        yield
    finally:
        # A lost connection has given its lock back already.
        if not connection.is_closed():
            await connection.execute(statement(__package__, "migration_unlock"))


def _check(applied: Sequence[asyncpg.Record], migrations: Sequence[Migration]) -> None:
    """Refuse unless the applied ones are the first of ``migrations``, unchanged."""
    known = {migration.name: migration for migration in migrations}
    for row in applied:
        file, when = row["name"], row["applied_at"].isoformat(timespec="seconds")
        if row["number"] > len(migrations):
            raise MigrationError(MigrationCode.DATABASE_NEWER, file=file, applied_at=when)
        if file not in known:
            raise MigrationError(MigrationCode.FILE_MISSING, file=file, applied_at=when)
        if row["sha256"] != known[file].sha256:
            raise MigrationError(MigrationCode.FILE_CHANGED, file=file, applied_at=when)
    for migration, row in zip(migrations, applied, strict=False):
        if row["number"] != migration.number:
            raise MigrationError(MigrationCode.RECORD_GAP, file=migration.name)
