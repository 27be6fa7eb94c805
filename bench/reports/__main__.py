"""The report benchmark: each report of a large city beside a statement written by hand for it alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import orjson
from graphql import parse

from bench.append.ours import migrated
from bench.command_line import print_one, progress
from bench.harness import OURS, Case, Metric, Report, Sample, compare
from bench.machine import machine, versions
from bench.server import BenchServer
from graphql_api.access import Role, Viewer
from graphql_api.execution import core_of
from graphql_api.planner.operation import Question, plan_operation
from graphql_api.reports.catalog import REPORTS
from graphql_api.reports.declare import Report as Declared
from graphql_api.reports.question import Asked, asked_of
from graphql_api.schema import build_schema
from registry.nouns import EVENTS
from registry.store.codec import EventMapper

PEER = "hand-written"

METRICS = (Metric(name="time", unit="ms", better="lower"),)

ORGANIZATIONS, PEOPLE, MEMBERSHIPS, DIRECTORS = 10_000, 200_000, 400_000, 55
"""With 55 directors in each of 800 councils there are some 50,000 appointments."""

QUICK_PEOPLE, QUICK_MEMBERSHIPS, QUICK_DIRECTORS = 20_000, 1_000, 5

CONTENDERS = {
    OURS: (
        "the statement that both the query and the spreadsheet ask, for every column, with the time to "
        "compile it: belief, day and root are parameters, rights are checked"
    ),
    PEER: (
        "one statement written by hand for this report of this city over the same tables, today's belief "
        "only, the root known to be the municipal association; no compiling, no check"
    ),
}

WORKLOAD = f"""\
All rows and columns of each report as one JSON text, over one connection: a city of {ORGANIZATIONS:,}
organizations, {PEOPLE:,} people, {MEMBERSHIPS:,} memberships and some 50,000 appointments, written into the
tables, which are vacuumed and analyzed. Both give the same rows, which is checked before. The report of
compliance has no peer: what its rules ask is data."""

_DAYS = {True: ("2014-06-30", "2024-06-30"), False: ("2024-06-30",)}
_VIEWER = Viewer(Role.ADMINISTRATOR, "bench")
_CORE = core_of(build_schema())
_FOLDER = Path(__file__).parent


def benchmark(*, quick: bool) -> Report:
    """Measure both for each report; quick: a smaller city and one round of one answer."""
    rounds, answers = (1, 1) if quick else (5, 5)
    with BenchServer() as server:
        facts = machine(server.folder)
        settings = server.facts()
        server_version = settings.pop("server_version")
        with server.database("bench_reports") as url, asyncio.Runner() as runner:
            connection = runner.run(settled(url, quick=quick))
            try:
                cases = [
                    case
                    for name in measured()
                    for case in _compare(runner, connection, name, (rounds, answers))
                ]
            finally:
                runner.run(connection.close())
    return Report(
        name="reports",
        title="Making reports",
        workload=f"{WORKLOAD}\n\nMedians of {rounds} interleaved round(s) of {answers} answer(s).",
        machine={**facts, **settings},
        versions={"postgresql": server_version, **versions(("kexie-registry", "asyncpg", "graphql-core"))},
        contenders=CONTENDERS,
        cases=cases,
        quick=quick,
    )


def measured() -> list[str]:
    """Return the names of the reports that are one statement."""
    return [name for name, report in REPORTS.items() if all(table.name for table in report.tables)]


async def settled(url: str, *, quick: bool) -> asyncpg.Connection[asyncpg.Record]:
    """Write the city, and return a connection as readers have it."""
    projections = await migrated(url, EventMapper(EVENTS))
    settings = {
        "search_path": f"{projections}, registry, public",
        "jit": "off",
        "plan_cache_mode": "force_custom_plan",
    }
    connection = await asyncpg.connect(url, server_settings=settings)
    people, memberships, directors = (
        (QUICK_PEOPLE, QUICK_MEMBERSHIPS, QUICK_DIRECTORS) if quick else (PEOPLE, MEMBERSHIPS, DIRECTORS)
    )
    city = (_FOLDER / "city.sql").read_text(encoding="utf-8")
    await connection.execute(
        city.format(organizations=ORGANIZATIONS, people=people, memberships=memberships, directors=directors)
    )
    await connection.execute("VACUUM ANALYZE")
    progress(f"reports, a city of {ORGANIZATIONS:,} organizations and {people:,} people is there")
    return connection


class Ours:
    """A report as it is asked for."""

    def __init__(self, connection: asyncpg.Connection[asyncpg.Record], name: str) -> None:
        """Ask for the report of that name."""
        self._connection = connection
        self._report: Declared = REPORTS[name]

    async def answer(self) -> str:
        """Return the answer."""
        names = ("from", "to") if self._report.between else ("asOf",)
        given = list(zip(names, _DAYS[self._report.between], strict=True))
        asked: Asked = asked_of(_CORE, self._report, given, _VIEWER)
        question = Question(parse(asked.text), None, asked.variables, _VIEWER, date(2026, 6, 30))
        plan = plan_operation(_CORE, question)
        assert plan is not None
        assert plan.statement is not None
        text: str = await self._connection.fetchval(plan.statement.sql, *plan.statement.parameters)
        return text

    def rows(self, answer: str) -> list[Any]:
        """Return the rows of each table."""
        report = orjson.loads(answer)["report"]
        return [report[table.field] for table in self._report.tables]


class Peer:
    """The same by a statement written by hand."""

    def __init__(self, connection: asyncpg.Connection[asyncpg.Record], name: str) -> None:
        """Ask by the statement of that name."""
        self._connection = connection
        self._report = REPORTS[name]
        self._sql = (_FOLDER / "sql" / f"{name}.sql").read_text(encoding="utf-8")

    async def answer(self) -> str:
        """Return the answer."""
        days = [date.fromisoformat(day) for day in _DAYS[self._report.between]]
        text: str = await self._connection.fetchval(self._sql, *days)
        return text

    def rows(self, answer: str) -> list[Any]:
        """Return the rows of each table."""
        found: list[Any] = orjson.loads(answer)
        return found if len(self._report.tables) > 1 else [found]


async def check_same(connection: asyncpg.Connection[asyncpg.Record], name: str) -> None:
    """Raise AssertionError unless both give the same rows."""
    ours, peer = Ours(connection, name), Peer(connection, name)
    shown, expected = ours.rows(await ours.answer()), peer.rows(await peer.answer())
    for table, (mine, theirs) in enumerate(zip(shown, expected, strict=True)):
        assert len(mine) == len(theirs), (name, table, len(mine), len(theirs))
        for line, other in zip(mine, theirs, strict=True):
            assert line == other, (name, table, line, other)


def _compare(
    runner: asyncio.Runner,
    connection: asyncpg.Connection[asyncpg.Record],
    name: str,
    times: tuple[int, int],
) -> Sequence[Case]:
    rounds, answers = times
    runner.run(check_same(connection, name))
    measurements: dict[str, Callable[[], Sample]] = {
        contender: partial(_measure, runner, asking.answer, answers, f"reports {name}, {contender}")
        for contender, asking in ((OURS, Ours(connection, name)), (PEER, Peer(connection, name)))
    }
    return compare(name, rounds, measurements, METRICS)


def _measure(runner: asyncio.Runner, answer: Callable[[], Any], answers: int, what: str) -> Sample:
    times: list[float] = []
    for _ in range(answers):
        began = time.perf_counter()
        runner.run(answer())
        times.append((time.perf_counter() - began) * 1000)
    median = sorted(times)[len(times) // 2]
    progress(f"{what}: {median:,.1f} ms")
    return {"time": median}


if __name__ == "__main__":
    print_one(benchmark)
