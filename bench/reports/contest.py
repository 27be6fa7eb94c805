"""Both contenders asked the same, for each report and for compliance (对照)."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import date
from functools import partial
from typing import Any, NamedTuple, TypeAlias

import orjson

from bench.harness import OURS, Sample
from bench.reports.loading import Loaded
from bench.reports.ours import Answer, Ours, tables_of
from bench.reports.peer import Times, handwritten
from graphql_api.planner.compiler import Statement
from graphql_api.reader import PoolReader, open_pool
from graphql_api.reports.catalog import REPORTS

PEER = "hand-written"
COMPLIANCE = "compliance"

TODAY = date(2026, 11, 1)
PAST_DAY = date(2019, 6, 30)
BEFORE_REFORM = date(2018, 1, 2)
"""The earlier day of a report that compares two."""

_SECONDS = 600
_SHARED = ("outcome", "share", "population", "counted", "notCounted", "unknown", "against")

_PLANNED = [report for report in REPORTS.values() if report.name != COMPLIANCE]
"""Reports that are one statement; that of compliance is put together of what judging gives."""

Ask: TypeAlias = Callable[[], Awaitable[object]]
Rows: TypeAlias = Callable[[Any], Answer]


class Duel(NamedTuple):
    """A question, how each contender is asked it, and the rows that an answer of each comes to."""

    name: str
    asks: Mapping[str, Ask]
    rows: Mapping[str, Rows]


@asynccontextmanager
async def reading(url: str, loaded: Loaded) -> AsyncIterator[PoolReader]:
    """Give a reader over one connection, as the registry's server opens its own."""
    pool = await open_pool(url, loaded.projections, 1, _SECONDS)
    try:
        yield PoolReader(pool, _SECONDS)
    finally:
        await pool.close()


def times_of(loaded: Loaded) -> dict[str, Times]:
    """Return what each report is asked for, by name."""
    return {"today": Times(TODAY), "past day and belief": Times(PAST_DAY, loaded.before_corrections)}


def duels(reader: PoolReader, loaded: Loaded) -> list[Duel]:
    """Return every question."""
    ours = Ours(reader)
    found: list[Duel] = []
    for when, times in times_of(loaded).items():
        for report in _PLANNED:
            question = ours.question(report, times, BEFORE_REFORM)
            asks: dict[str, Ask] = {
                OURS: partial(ours.report, question),
                PEER: _by_hand(reader, report.name, loaded, times),
            }
            rows: dict[str, Rows] = {OURS: partial(tables_of, report), PEER: orjson.loads}
            found.append(Duel(f"{report.name}, {when}", asks, rows))
        judged: dict[str, Ask] = {
            OURS: partial(ours.compliance, times),
            PEER: _by_hand(reader, COMPLIANCE, loaded, times),
        }
        found.append(Duel(f"{COMPLIANCE}, {when}", judged, {OURS: _judged, PEER: orjson.loads}))
    return found


def _by_hand(reader: PoolReader, name: str, loaded: Loaded, times: Times) -> Ask:
    statement = handwritten(name, loaded.projections, times, BEFORE_REFORM)
    return partial(reader.fetch, Statement(statement.sql, list(statement.parameters)))


def _judged(results: list[dict[str, Any]]) -> Answer:
    """Return the results as rows of what both contenders say."""
    return {
        "rows": [
            {
                "rule": result["rule"]["code"],
                "subject": result["subject"]["id"],
                "name": result["subject"]["name"],
                **{name: result[name] for name in _SHARED},
            }
            for result in results
        ]
    }


async def check_same(duel: Duel) -> int:
    """Raise AssertionError unless both give the same rows, whatever their order; return how many."""
    answers = {name: duel.rows[name](await ask()) for name, ask in duel.asks.items()}
    ours, peer = answers[OURS], answers[PEER]
    assert ours.keys() == peer.keys(), duel.name
    for table, rows in ours.items():
        mine, theirs = _bag(rows), _bag(peer[table])
        difference = f"only ours {list(mine - theirs)[:3]}, only theirs {list(theirs - mine)[:3]}"
        assert mine == theirs, f"{duel.name}, {table}: {difference}"
    return sum(len(rows) for rows in ours.values())


def _bag(rows: list[dict[str, Any]]) -> Counter[bytes]:
    return Counter(orjson.dumps(row, option=orjson.OPT_SORT_KEYS) for row in rows)


async def measured(ask: Ask) -> Sample:
    """Return how long one answer takes, in milliseconds."""
    started = time.perf_counter()
    await ask()
    return {"time": (time.perf_counter() - started) * 1000}
