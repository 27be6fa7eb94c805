"""The peer: plain COPY of the very rows into the very tables, with all their constraints and indexes."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import NamedTuple

import asyncpg

from bench.append.ours import migrated
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.connection import connect
from registry.store.master import LocalMaster

_NOT_COPIED = frozenset({"head", "secret", "migration", "projection", "import_batch"})
_TABLES = (Path(__file__).parent / "tables.sql").read_text(encoding="utf-8")


class Table(NamedTuple):
    """A table, its columns that are not generated, and where its rows were put."""

    schema: str
    name: str
    columns: list[str]
    file: Path


def copy_rate(source: str, target: str, master: bytes, folder: Path) -> tuple[float, int]:
    """Return how long COPY takes for all that ``source`` holds into an empty register, and how many rows."""
    return asyncio.run(_measured(source, target, master, folder))


async def _measured(source: str, target: str, master: bytes, folder: Path) -> tuple[float, int]:
    await migrated(target, EventMapper(EVENTS, LocalMaster([master])))
    tables = await _unloaded(source, folder)
    connection = await connect(target)
    try:
        began = time.perf_counter()
        rows = 0
        # One transaction, as constraints between the tables are checked at its end.
        async with connection.transaction():
            for table in tables:
                done = await connection.copy_to_table(
                    table.name,
                    schema_name=table.schema,
                    columns=table.columns,
                    source=table.file,
                    format="binary",
                )
                rows += int(done.split()[-1])
        return time.perf_counter() - began, rows
    finally:
        await connection.close()


async def _unloaded(source: str, folder: Path) -> list[Table]:
    """Write every table with rows to a file of its own."""
    connection = await connect(source)
    try:
        tables: list[Table] = []
        for row in await connection.fetch(_TABLES):
            if row["name"] in _NOT_COPIED or not await _has_rows(connection, row):
                continue
            file = folder / f"{row['schema']}.{row['name']}"
            table = Table(row["schema"], row["name"], list(row["columns"]), file)
            await connection.copy_from_table(
                table.name,
                schema_name=table.schema,
                columns=table.columns,
                output=file,
                format="binary",
            )
            tables.append(table)
        return tables
    finally:
        await connection.close()


async def _has_rows(connection: asyncpg.Connection[asyncpg.Record], row: asyncpg.Record) -> bool:
    text = f'SELECT EXISTS (SELECT FROM "{row["schema"]}"."{row["name"]}")'  # noqa: S608 - names of our own
    return bool(await connection.fetchval(text))
