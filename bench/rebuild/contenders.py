"""Who makes the projections of a city: the registry from its log, COPY from the rows (竞争者)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.harness import Sample
from projections.building import create_schema
from projections.catalog import READ_MODELS
from projections.crew import Crew
from projections.indexes import drop_indexes
from projections.rebuild import drop_retired, rebuild
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.connection import Connection, lent
from registry.store.master import LocalMaster

_TABLES = [table for model in READ_MODELS for table in (model.name, f"{model.name}_past")]
_COPIED = "copied"


class City(NamedTuple):
    """A register in a database: how many events it has, and the key to what they say of people."""

    url: str
    events: int
    key: bytes


def ours(city: City, hands: int) -> Sample:
    """Rebuild beside nobody, with ``hands`` processes that help."""
    return _sample(city, asyncio.run(_rebuilt(city, hands)))


async def _rebuilt(city: City, hands: int) -> float:
    crew = Crew(city.url, partial(_master, key=city.key), hands) if hands else None
    async with lent(city.url) as connection:
        await drop_retired(connection, timedelta(0))
        await connection.execute("CHECKPOINT")
        started = time.perf_counter()
        await rebuild(connection, EventMapper(EVENTS, LocalMaster([city.key])), crew)
        return time.perf_counter() - started


async def _master(_: Connection, key: bytes) -> LocalMaster:
    return LocalMaster([key])


class Rows:
    """The rows of a register's projections in files, as the server itself wrote them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written = False

    async def write(self, city: City) -> None:
        """Take the rows out of the tables in use."""
        async with lent(city.url) as connection:
            schema = await connection.fetchval("SELECT projections FROM registry.head")
            for table in _TABLES:
                await connection.copy_from_table(
                    table, schema_name=schema, output=self._folder / table, format="binary"
                )

    def copied(self, city: City) -> Sample:
        """Copy the rows into empty tables, then make the indexes, keys and references of these.

        The first time, they are taken out of the tables that a rebuild has made before.
        """
        if not self._written:
            asyncio.run(self.write(city))
            self._written = True
        return _sample(city, asyncio.run(self._copied(city)))

    async def _copied(self, city: City) -> float:
        async with lent(city.url) as connection:
            await connection.execute(f"DROP SCHEMA IF EXISTS {_COPIED} CASCADE")
            await connection.execute("CHECKPOINT")
            started = time.perf_counter()
            async with connection.transaction():
                await create_schema(connection, _COPIED)
                made = await drop_indexes(connection, _COPIED)
                for table in _TABLES:
                    await connection.copy_to_table(
                        table, schema_name=_COPIED, source=self._folder / table, format="binary"
                    )
                for one in made:
                    await connection.execute(one.statement)
                for table in _TABLES:
                    await connection.execute(f"ANALYZE {table}")
            return time.perf_counter() - started


@contextmanager
def rows_of() -> Iterator[Rows]:
    """Give a place for the rows of a city for as long as they are needed."""
    with TemporaryDirectory() as folder:
        yield Rows(Path(folder))


def _sample(city: City, seconds: float) -> Sample:
    return {"throughput": city.events / seconds, "cost": 1e6 * seconds / city.events}
