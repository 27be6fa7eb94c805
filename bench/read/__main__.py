"""The benchmark of reading: what is asked of a register every day, beside three peers on one city."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg

from bench.command_line import print_one, progress
from bench.harness import OURS, Case, Metric, Report, Sample, compare
from bench.load import Load
from bench.machine import machine, versions
from bench.read import audit
from bench.read.asking import SOCIETY, questions
from bench.read.client import WARM_UP_ANSWERS, ask
from bench.read.peers import RESHAPED, installed, postgraphile, show, to_postgraphile
from bench.read.processes import KEY, press, serving
from bench.read.questions import BARE, POSTGRAPHILE, STRAWBERRY, Question
from bench.read.register import CHANGES, ORGANIZATIONS, ROUNDS, Register
from bench.reports.city import City
from bench.reports.loading import Loaded, load
from bench.reports.scale import FULL, QUICK, Scale
from bench.server import BenchServer
from graphql_api.access import Role
from graphql_api.keys import issue
from graphql_api.settings import Settings

METRICS = (
    Metric(name="throughput", unit="requests/s", better="higher"),
    Metric(name="p50", unit="ms", better="lower"),
    Metric(name="p99", unit="ms", better="lower"),
)

CONTENDERS = {
    OURS: (
        "the registry's server with its default settings: GraphQL over HTTP, the operation compiled to one "
        "statement, an auditor's key and its rights checked, every request logged to a file"
    ),
    BARE: (
        "a Starlette endpoint for each question: a statement written by hand over the same tables "
        "(`bench/read/sql`), JSON text made by PostgreSQL, custom plans; no GraphQL, no access check, no log"
    ),
    POSTGRAPHILE: (
        "PostGraphile 4.14.1, the newest that runs on Node 20, over SQL functions on the same tables "
        "(`bench/read/postgraphile`): production settings, its caches on; no access check, no log"
    ),
    STRAWBERRY: (
        "Strawberry with DataLoaders (`bench/read/batched.py`): two queries for each level of a chart, one "
        "for each kind of row elsewhere; asyncpg, orjson, parsing and validation cached; no access check, "
        "no log"
    ),
}

DISTRIBUTIONS = (
    "kexie-registry",
    "asyncpg",
    "graphql-core",
    "httptools",
    "orjson",
    "starlette",
    "strawberry-graphql",
    "uvicorn",
    "uvloop",
)

WORKLOAD = """\
The city of the benchmark of reports with {organizations} organizations, each renamed ten times, and {people}
people; in it a chart of {charted} organizations in four levels, each renamed {rounds} times, each name
corrected later, and an organization renamed {changes} times; {events} events, projected, vacuumed and
analyzed. The logs that are paged through by actor are of their own, without projections: {lengths} events of
a hundred actors. Each connection asks again as soon as it is answered. Each server is one process with a pool
of {readers} connections. All run throughout and are pressed in turns by a client, itself a process, which
compares every answer with the first one; that all give the same rows is checked before. What does not count
is a warm-up: {warm_up} answers, and then some time. The chart of the whole register is
that over PART_OF, GUIDES and SUPERVISES. Past beliefs are those before a tenth of the city was corrected, and
half of the names of the chart; they are
asked for over 8 connections."""


class Pace(NamedTuple):
    """How large the city and the logs are, and how long is measured."""

    scale: Scale
    logs: Sequence[int]
    connections: Sequence[int]
    rounds: int
    seconds: float
    warm_up: float


PACES = {
    False: Pace(FULL, (10_000, 100_000, 2_000_000), (8, 64), 2, 2.0, 0.3),
    True: Pace(QUICK, (1_000, 10_000), (8,), 1, 0.4, 0.1),
}
"""What is done, by whether it is to be quick."""


class Contender(NamedTuple):
    """Where a server is, what it is sent for a question, and how its answer comes to that of all."""

    port: int
    request: Callable[[Question], bytes]
    reshaped: Mapping[str, Callable[[Any], Any]] = {}


def benchmark(*, quick: bool) -> Report:
    """Measure all servers with every question."""
    pace = PACES[quick]
    with BenchServer() as server:
        # Asked before the run, so that the load average is that of others.
        facts = machine(server.folder)
        settings = server.facts()
        server_version = settings.pop("server_version")
        with server.database("bench_read") as url:
            loaded, code = asyncio.run(city(url, pace.scale))
            asked = list(questions(loaded, code))
            cases = asyncio.run(measured(server.folder, url, loaded.projections, asked, pace))
        for events in pace.logs:
            with server.database("bench_log") as url:
                projections = asyncio.run(audit.write(url, events))
                page = Question(f"audit page of {events:,} events", "audit", ("actor", audit.ACTOR))
                cases += asyncio.run(measured(server.folder, url, projections, [page], pace))
    absent = installed()
    return Report(
        name="read",
        title="Reading",
        workload=f"{_workload(loaded, pace)}\n\n{_medians(pace)}",
        machine={**facts, **settings},
        versions={"postgresql": server_version, **versions(DISTRIBUTIONS)},
        contenders=CONTENDERS,
        cases=cases,
        unavailable={} if absent is None else {POSTGRAPHILE: absent},
        quick=quick,
    )


def _workload(loaded: Loaded, pace: Pace) -> str:
    return WORKLOAD.format(
        **loaded.facts,
        charted=ORGANIZATIONS,
        rounds=ROUNDS,
        changes=CHANGES,
        lengths=", ".join(f"{events:,}" for events in pace.logs),
        readers=Settings().readers,
        warm_up=WARM_UP_ANSWERS,
    )


def _medians(pace: Pace) -> str:
    return f"Medians of {pace.rounds} interleaved round(s) of {pace.seconds:g} s."


async def city(url: str, scale: Scale) -> tuple[Loaded, str]:
    """Load the city with what it lacks, and return the code of an organization to ask by, too."""
    loaded = await load(url, scale, KEY, Register(City(scale).root))
    connection = await asyncpg.connect(url)
    try:
        find = f"SELECT code FROM {loaded.projections}.organization WHERE id = $1 AND upper_inf(valid)"  # noqa: S608 - names of ours
        code = await connection.fetchval(find, SOCIETY)
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()
    return loaded, str(code)


async def measured(
    folder: Path, url: str, projections: str, asked: Sequence[Question], pace: Pace
) -> list[Case]:
    """Run the servers that any of the questions is for, and measure them with each."""
    wanted = {peer for question in asked for peer in question.peers}
    cases: list[Case] = []
    async with contestants(folder, url, projections, wanted) as contenders:
        for question in asked:
            taking_part = {name: contenders[name] for name in (OURS, *question.peers) if name in contenders}
            await check_same(question, taking_part)
            for connections in pace.connections[:1] if question.is_past else pace.connections:
                cases += _compare(question, taking_part, connections, pace)
    return cases


@asynccontextmanager
async def contestants(
    folder: Path, url: str, projections: str, wanted: Collection[str]
) -> AsyncIterator[dict[str, Contender]]:
    """Run the registry's server and those of the peers that are wanted and installed, and give them."""
    token = await _token(url)
    with ExitStack() as leaving:
        start = leaving.enter_context
        ours = start(serving("ours", url, projections, folder / "ours.log"))
        found = {OURS: Contender(ours, partial(Question.to_graphql, token=token))}
        if BARE in wanted:
            bare = start(serving("bare", url, projections, folder / "bare.log"))
            found[BARE] = Contender(bare, Question.to_bare)
        if STRAWBERRY in wanted:
            batched = start(serving("batched", url, projections, folder / "batched.log"))
            found[STRAWBERRY] = Contender(batched, partial(Question.to_graphql, path="/graphql/"))
        if POSTGRAPHILE in wanted and installed() is None:
            await show(url, projections)
            port = start(postgraphile(url, Settings().readers, folder / "postgraphile.log"))
            found[POSTGRAPHILE] = Contender(port, to_postgraphile, RESHAPED)
        yield found


async def _token(url: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        return await issue(connection, "bench", Role.AUDITOR)
    finally:
        await connection.close()


def _compare(
    question: Question, contenders: Mapping[str, Contender], connections: int, pace: Pace
) -> list[Case]:
    load_of_all = Load(in_flight=connections, seconds=pace.seconds, warm_up=pace.warm_up)
    case = f"{question.name}, {connections} connections"
    measurements: dict[str, Callable[[], Sample]] = {
        name: partial(_measure, case, name, one.port, one.request(question), load_of_all)
        for name, one in contenders.items()
    }
    return compare(case, pace.rounds, measurements, METRICS)


async def check_same(question: Question, contenders: Mapping[str, Contender]) -> Any:  # noqa: ANN401 - JSON of any shape
    """Raise AssertionError unless all give the same answer to ``question``; return it."""
    answers = {}
    for name, one in contenders.items():
        answer = json.loads(await ask(one.port, one.request(question)))
        assert "errors" not in answer, (question.name, name, answer["errors"])
        answers[name] = one.reshaped.get(question.document, lambda data: data)(answer["data"])
    for name, found in answers.items():
        assert found == answers[OURS], f"{question.name}: {name} answers otherwise"
    return answers[OURS]


def _measure(case: str, contender: str, port: int, request: bytes, load_of_all: Load) -> Sample:
    sample = press(port, request, load_of_all)
    progress(f"read {case}, {contender}: {sample['throughput']:,.0f} requests/s, p99 {sample['p99']:.1f} ms")
    return sample


if __name__ == "__main__":
    print_one(benchmark)
