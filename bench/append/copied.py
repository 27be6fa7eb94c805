"""The bound: the registry's own rows, made before, given to PostgreSQL by COPY; nothing is decided."""

from __future__ import annotations

import asyncio
import io
import itertools
import secrets
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bench.append.ours import establish_parents, establishment, migrated, opened
from bench.load import Load, Result
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.connection import Connection, connect
from registry.store.master import KEY_BYTES, LocalMaster

DISTRIBUTIONS = ("asyncpg", "uvloop")

A_SECOND = 1_500
"""Commands prepared for each second of the load; those who copy them faster are done sooner."""

_AT_ONCE = 500
_BEGUN = "IN (SELECT stream_id FROM registry.event WHERE version = 1 AND position BETWEEN {first} AND {last})"
_WRITTEN = {
    "registry.command": "first_position BETWEEN {first} AND {last}",
    "registry.event": "position BETWEEN {first} AND {last}",
    "life": f"id {_BEGUN}",
    "organization": f"id {_BEGUN}",
    "relation": f"subordinate {_BEGUN}",
    "identifier": f"entity {_BEGUN}",
    "naming": f"entity {_BEGUN}",
}
"""The tables that the command writes, each with which of its rows are of the events in a range."""

_COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
ORDER BY attnum
"""


class Table(NamedTuple):
    """A table that a command writes, and which of its rows came with the events in a range."""

    schema: str
    name: str
    columns: tuple[str, ...]
    of_events: str


Copies = Mapping[Table, bytes]
"""Rows as COPY has them in binary, by table."""


async def run(url: str, load: Load) -> Result:
    """Write what so many commands in flight come to, one transaction after another over one connection.

    Each is the rows of ``load.in_flight`` commands, as the registry's committer batches them under that load.
    """
    mapper = EventMapper(EVENTS, LocalMaster([secrets.token_bytes(KEY_BYTES)]))
    projections = await migrated(url, mapper)
    async with opened(url, mapper, projections) as committer:
        parents = await establish_parents(committer)
        connection = await connect(url, projections, writer=True)
        tables = await _tables(connection, projections)
        before = await _head(connection)
        seed = await _copies(connection, tables, 1, before)
        count = max(int(A_SECOND * load.seconds) // load.in_flight, 2) * load.in_flight
        superiors = itertools.cycle(parents)
        commands = (establishment(number, next(superiors)) for number in range(1, count + 1))
        while some := list(itertools.islice(commands, _AT_ONCE)):
            await asyncio.gather(*map(committer.record, some))
    try:
        events = 2 * load.in_flight
        batches = [
            await _copies(connection, tables, first, first + events - 1)
            for first in range(before + 1, await _head(connection), events)
        ]
        # The indexes begin anew, too: the rows come into tables that are as empty as those of the others.
        await connection.execute(
            f"TRUNCATE {', '.join(f'{table.schema}.{table.name}' for table in tables)} CASCADE; CHECKPOINT"
        )
        await _write(connection, seed)
        return await _press(connection, batches, load)
    finally:
        await connection.close()


async def _press(connection: Connection, batches: Sequence[Copies], load: Load) -> Result:
    """Write ``batches`` until they or the time are over; the first tenth does not count."""
    unseen = len(batches) // 10
    latencies: list[float] = []
    deadline = time.perf_counter() + load.duration
    started = before = time.perf_counter()
    for number, batch in enumerate(batches):
        await _write(connection, batch)
        after = time.perf_counter()
        if number < unseen:
            started = after
        else:
            latencies += [after - before] * load.in_flight
        before = after
        if after > deadline and latencies:
            break
    return Result(commands=len(latencies), seconds=before - started, latencies=latencies)


async def _write(connection: Connection, copies: Copies) -> None:
    """Write rows of every table in one transaction, by COPY."""
    async with connection.transaction():
        for table, rows in copies.items():
            await connection.copy_to_table(
                table.name,
                schema_name=table.schema,
                columns=table.columns,
                source=io.BytesIO(rows),
                format="binary",
            )


async def _copies(connection: Connection, tables: Sequence[Table], first: int, last: int) -> Copies:
    """Return the rows that came with the events from ``first`` to ``last``."""
    copies: dict[Table, bytes] = {}
    for table in tables:
        rows = io.BytesIO()
        condition = table.of_events.format(first=first, last=last)
        # The names are of the catalog, the conditions those above.
        query = f"SELECT {', '.join(table.columns)} FROM {table.schema}.{table.name} WHERE {condition}"  # noqa: S608
        await connection.copy_from_query(query, output=rows, format="binary")
        copies[table] = rows.getvalue()
    return copies


async def _tables(connection: Connection, projections: str) -> list[Table]:
    """Return the tables that the command writes."""
    tables: list[Table] = []
    for written, of_events in _WRITTEN.items():
        schema, _, name = written.rpartition(".")
        rows = await connection.fetch(_COLUMNS, f"{schema or projections}.{name}")
        columns = tuple(row["attname"] for row in rows)
        tables.append(Table(schema or projections, name, columns, of_events))
    return tables


async def _head(connection: Connection) -> int:
    """Return the position of the newest event."""
    position: int = await connection.fetchval("SELECT position FROM registry.head")
    return position
