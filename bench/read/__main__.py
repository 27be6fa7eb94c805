"""The benchmark of reading: what is asked of a register every day, beside three peers on one city."""

from __future__ import annotations

import asyncio
import json
import statistics
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg

from bench.command_line import print_one
from bench.frame import Section, ground, medians_of
from bench.harness import OURS, Aim, Case, Metric, Report, Sample, compare, quotient
from bench.kept import copied
from bench.load import Load
from bench.progress import progress
from bench.read import audit
from bench.read.asking import PAST, questions
from bench.read.city import kept_city, loaded_of
from bench.read.client import WARM_UP_ANSWERS, ask
from bench.read.peers import RESHAPED, installed, postgraphile, show, to_postgraphile
from bench.read.processes import press, serving
from bench.read.questions import BARE, POSTGRAPHILE, STRAWBERRY, Question
from bench.read.register import CHANGES, ORGANIZATIONS, ROUNDS
from bench.reports.loading import Loaded
from bench.reports.scale import FULL, QUICK, Scale
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
        "(`bench/read/sql`), JSON text made by PostgreSQL, each planned once or for its dates, whichever is "
        "faster; no GraphQL, no access check, no log"
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

WORKLOAD = """\
The city of the benchmark of reports with {organizations} organizations, each renamed ten times, and {people}
people; in it a chart of {charted} organizations in four levels, each renamed {rounds} times, each name
corrected later, and an organization renamed {changes} times; {events} events, projected, vacuumed and
analyzed. The logs that are paged through by actor are of their own, without projections: {lengths} events of
a hundred actors. Each connection asks again as soon as it is answered. Each server is one process with a pool
of {readers} connections. All run throughout and are pressed in turns by a client, itself a process, which
compares every answer with the first one; that all give the same rows is checked before. What does not count
is a warm-up, {warm_up} answers at least; what counts is one answer for each connection at least, however
long that takes. The chart of the whole register is
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
    True: Pace(QUICK, (1_000, 10_000), (8,), 1, 0.3, 0.1),
}
"""What is done, by whether it is to be quick."""


class Site(NamedTuple):
    """Where servers put their logs, the database that they serve, and the schema that the peers read."""

    folder: Path
    url: str
    projections: str


class Busy:
    """How much of a core the client used: at a whole one, it is the client that is measured."""

    def __init__(self) -> None:
        self._shares: list[tuple[float, str]] = []

    def add(self, share: float, where: str) -> None:
        """Take in the share of a core that it used, from 0 to 1, and when."""
        self._shares.append((share, where))

    def told(self) -> str:
        """Say it for a reader."""
        most, where = max(self._shares)
        median = statistics.median(share for share, _ in self._shares)
        return (
            f"The client used {median:.0%} of a core (the median of all measurements), and {most:.0%} at "
            f"most ({where}). What it uses, whoever is measured, the server and PostgreSQL lack."
        )


class Contender(NamedTuple):
    """Where a server is, what it is sent for a question, and how its answer comes to that of all."""

    port: int
    request: Callable[[Question], bytes]
    reshaped: Mapping[str, Callable[[Any], Any]] = {}


FLAT = "audit page, p50 in the longest log over that in the shortest"
BELIEVED = " as once believed, p50 over that of today's"
_AT_8 = "8 connections, throughput"

SECTION = Section(
    name="read",
    title="Reading",
    contenders=CONTENDERS,
    distributions=(
        "kexie-registry",
        "asyncpg",
        "graphql-core",
        "httptools",
        "orjson",
        "starlette",
        "strawberry-graphql",
        "uvicorn",
        "uvloop",
    ),
    aims=(
        *(
            Aim(f"{name}, {_AT_8}", bound, peer)
            for name in ("chart of 520", "100 members", "one organization")
            for bound, peer in ((4.0, POSTGRAPHILE), (15.0, STRAWBERRY))
        ),
        Aim(f"*, {_AT_8}", 0.8, BARE),
        Aim(f"*{BELIEVED}", 1.3),
        Aim(FLAT, 1.3),
    ),
)


def benchmark(*, quick: bool) -> Report:
    """Measure all servers with every question."""
    pace = PACES[quick]
    busy = Busy()
    with ground(keeping=True) as on:
        with copied(on.server, kept_city(pace.scale)) as copy:
            loaded, code = loaded_of(copy.facts)
            asked = list(questions(loaded, code))
            site = Site(on.server.folder, copy.url, loaded.projections)
            cases = asyncio.run(measured(site, asked, pace, busy))
        cases += [_over(f"{name}{BELIEVED}", cases, f"{name} as once believed", name) for name in PAST]
        for events in pace.logs:
            with copied(on.server, audit.kept_log(events)) as copy:
                page = Question(_page(events), "audit", "audit", ("actor", audit.ACTOR))
                site = Site(on.server.folder, copy.url, copy.facts["projections"])
                cases += asyncio.run(measured(site, [page], pace, busy))
        cases.append(_over(FLAT, cases, _page(pace.logs[-1]), _page(pace.logs[0])))
        absent = installed()
        workload = "\n\n".join((_workload(loaded, pace), busy.told(), medians_of(pace.rounds, pace.seconds)))
        report = on.report(SECTION, workload, cases, quick=quick)
        return replace(report, unavailable={} if absent is None else {POSTGRAPHILE: absent})


def _page(events: int) -> str:
    return f"audit page of {events:,} events"


def _over(name: str, cases: Sequence[Case], over: str, under: str) -> Case:
    """Return how many times the median of ours for one question is that for another, over 8 connections."""
    found = {case.case: case.ours for case in cases}
    dear, cheap = found[f"{over}, 8 connections, p50"], found[f"{under}, 8 connections, p50"]
    assert dear is not None
    assert cheap is not None
    return quotient(name, dear, cheap)


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


async def measured(site: Site, asked: Sequence[Question], pace: Pace, busy: Busy) -> list[Case]:
    """Run the servers that any of the questions is for, and measure them with each."""
    wanted = {peer for question in asked for peer in question.peers}
    cases: list[Case] = []
    async with contestants(*site, wanted) as contenders:
        for question in asked:
            taking_part = {name: contenders[name] for name in (OURS, *question.peers) if name in contenders}
            await check_same(question, taking_part)
            for connections in pace.connections[:1] if question.is_past else pace.connections:
                cases += _compare(question, taking_part, connections, pace, busy)
    return cases


@asynccontextmanager
async def contestants(
    folder: Path, url: str, projections: str, wanted: Collection[str]
) -> AsyncIterator[dict[str, Contender]]:
    """Run the registry's server and those of the peers that are wanted and installed, and give them."""
    token = await token_of(url)
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


async def token_of(url: str, label: str = "bench") -> str:
    """Return the key of an auditor."""
    connection = await asyncpg.connect(url)
    try:
        return await issue(connection, label, Role.AUDITOR)
    finally:
        await connection.close()


def _compare(
    question: Question, contenders: Mapping[str, Contender], connections: int, pace: Pace, busy: Busy
) -> list[Case]:
    load_of_all = Load(in_flight=connections, seconds=pace.seconds, warm_up=pace.warm_up)
    case = f"{question.name}, {connections} connections"
    measurements: dict[str, Callable[[], Sample]] = {
        name: partial(_measure, (case, name), one.port, one.request(question), load_of_all, busy)
        for name, one in contenders.items()
    }
    return compare(case, pace.rounds, measurements, METRICS)


async def check_same(question: Question, contenders: Mapping[str, Contender]) -> Any:  # noqa: ANN401 - JSON of any shape
    """Raise AssertionError unless all give the same answer to ``question``; return it."""
    answers = {}
    for name, one in contenders.items():
        answer = json.loads(await ask(one.port, one.request(question)))
        assert "errors" not in answer, (question.name, name, answer["errors"])
        answers[name] = one.reshaped.get(question.query, lambda data: data)(answer["data"])
    for name, found in answers.items():
        assert found == answers[OURS], f"{question.name}: {name} answers otherwise"
    return answers[OURS]


def _measure(who: tuple[str, str], port: int, request: bytes, load_of_all: Load, busy: Busy) -> Sample:
    case, contender = who
    sample = press(port, request, load_of_all)
    busy.add(sample["client"], f"{case}, {contender}")
    progress(f"read {case}, {contender}: {sample['throughput']:,.0f} requests/s, p99 {sample['p99']:.1f} ms")
    return sample


if __name__ == "__main__":
    print_one(benchmark)
