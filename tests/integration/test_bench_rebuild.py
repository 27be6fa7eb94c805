"""The benchmark of rebuilds runs on a village, and its peer copies what a rebuild comes to, no less."""

from __future__ import annotations

import asyncio

import pytest

from bench.rebuild.contenders import City, ours, rows_of
from bench.reports.loading import load
from bench.reports.scale import QUICK
from registry.store.connection import connect
from registry.store.postgres import EmbeddedPostgres
from tests.support.database import clone, drop, query
from tests.support.desk import Rows
from tests.support.desk import rows_of as tables_of
from tests.support.sealing import MASTER_KEY

_VILLAGE = QUICK._replace(people=200, memberships=300, societies=5, grassroots=8)


async def _tables(url: str) -> tuple[Rows, Rows]:
    connection = await connect(url)
    try:
        active = await connection.fetchval("SELECT projections FROM registry.head")
        return await tables_of(connection, active), await tables_of(connection, "copied")
    finally:
        await connection.close()


@pytest.mark.slow
def test_both_come_to_the_same_rows(postgres: EmbeddedPostgres, database_template: str) -> None:
    name = asyncio.run(clone(postgres, database_template))
    url = postgres.url(name)
    loaded = asyncio.run(load(url, _VILLAGE, MASTER_KEY))
    city = City(url, int(loaded.facts["events"]), MASTER_KEY)
    with rows_of() as rows:
        for sample in (ours(city, 0), rows.copied(city), rows.copied(city)):
            assert sample["throughput"] > 0
            assert sample["cost"] == pytest.approx(1e6 / sample["throughput"])
    rebuilt, copied = asyncio.run(_tables(url))
    assert rebuilt == copied
    assert len(rebuilt["person"]) == _VILLAGE.people
    assert asyncio.run(query(url, "SELECT count(*) FROM registry.projection")) == 2
    asyncio.run(drop(postgres, name))
