"""How closed beliefs are found, by plans made while the tables were young: each by itself, by an index."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from projections.bitemporal import close_sql
from projections.catalog import READ_MODELS
from projections.model import ReadModel
from registry.store.connection import Connection
from tests.support.committing import Office

Plan = dict[str, Any]

_ENOUGH = 7
"""Executions after which PostgreSQL has compared a generic plan with those made for what was given."""


@pytest.fixture
async def writer(office: Office) -> AsyncIterator[Connection]:
    """Give a connection as committers have it, to tables that were analyzed when nothing was in them."""
    connection = await office.connect()
    await connection.execute("ANALYZE")
    yield connection
    await connection.close()


def _nodes(plan: Plan) -> Iterator[Plan]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)


async def _reads(connection: Connection, model: ReadModel, mode: str) -> dict[str, str]:
    """Return how closing reads the table of what is believed now: kinds of scan with their conditions."""
    nothing = ", ".join(["'{NULL}'"] * (3 + model.keys))
    await connection.execute(f"SET plan_cache_mode = {mode}")
    await connection.execute(f"PREPARE closing AS {close_sql(model)}")
    for _ in range(_ENOUGH):
        await connection.execute(f"EXECUTE closing({nothing})")
    told = await connection.fetchval(f"EXPLAIN (FORMAT JSON) EXECUTE closing({nothing})")
    await connection.execute("DEALLOCATE closing")
    scans = [
        node
        for node in _nodes(json.loads(told)[0]["Plan"])
        if node.get("Relation Name") == model.name and node["Node Type"].endswith("Scan")
    ]
    return {
        scan["Node Type"]: scan.get("Index Cond") or scan.get("TID Cond") or "all of it" for scan in scans
    }


@pytest.mark.parametrize("mode", ["auto", "force_generic_plan"])
async def test_no_plan_for_closing_reads_more_than_the_rows_of_an_entity(
    writer: Connection, mode: str
) -> None:
    for model in READ_MODELS:
        reads = await _reads(writer, model, mode)
        assert reads.keys() == {"Index Scan", "Tid Scan"}, (model.name, reads)
        assert f"({model.columns[0].name} = c.entity)" in reads["Index Scan"], (model.name, reads)
        assert "ctid = found.place" in reads["Tid Scan"] or "found.place = ctid" in reads["Tid Scan"]
