"""The chart benchmark: requests a second and their latency with 8 connections, now and at past times."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import asyncpg

from bench.chart.client import WARM_UP_ANSWERS, ask
from bench.chart.processes import press, serving
from bench.chart.questions import Question
from bench.chart.register import ORGANIZATIONS, ROUNDS, Register, build
from bench.command_line import print_one, progress
from bench.harness import OURS, Case, Metric, Report, Sample, compare
from bench.load import Load
from bench.machine import machine, versions
from bench.server import BenchServer

CONNECTIONS = 8

PEER = "hand-written"

METRICS = (
    Metric(name="throughput", unit="requests/s", better="higher"),
    Metric(name="p50", unit="ms", better="lower"),
    Metric(name="p99", unit="ms", better="lower"),
)

CONTENDERS = {
    OURS: (
        "the registry's server with its default settings: GraphQL over HTTP, the operation compiled to one "
        "statement, access checked, every request logged to a file"
    ),
    PEER: (
        "a Starlette endpoint that knows this one question: a statement written by hand over the same "
        "tables, JSON text made by PostgreSQL, custom plans; no GraphQL, no access check, no log"
    ),
}

DISTRIBUTIONS = (
    "kexie-registry",
    "asyncpg",
    "graphql-core",
    "httptools",
    "starlette",
    "strawberry-graphql",
    "uvicorn",
    "uvloop",
)

WORKLOAD = f"""\
`orgChart` of {ORGANIZATIONS} organizations in four levels (id, name, kind, status, code, depth and
parentId of each) over {CONNECTIONS} keep-alive connections of the loopback, each asking again as soon as
it is answered. Each organization was renamed {ROUNDS} times, and each of those names was corrected later;
the tables are vacuumed and analyzed. Each server is one process with uvicorn, uvloop and a pool of
connections of one size. Both run throughout and are pressed in turns by a client, itself a process, which
compares every answer with the first one; that both answer the same is checked before. What does not count
is a warm-up: {WARM_UP_ANSWERS} answers for each connection, and then some time."""


def benchmark(*, quick: bool) -> Report:
    """Measure both servers for each pair of times; quick: one round of three seconds."""
    rounds, seconds, warm_up = (1, 3.0, 0.5) if quick else (3, 5.0, 1.0)
    load = Load(in_flight=CONNECTIONS, seconds=seconds, warm_up=warm_up)
    with BenchServer() as server:
        # Asked before the run, so that the load average is that of others.
        facts = machine(server.folder)
        settings = server.facts()
        server_version = settings.pop("server_version")
        with server.database("bench_chart") as url:
            register = asyncio.run(built(url))
            progress(f"chart, {ORGANIZATIONS} organizations with their histories are recorded")
            with _serving(url, register, server.folder) as ports:
                cases = [
                    case
                    for name, question in questions(register).items()
                    for case in _compare(name, question, ports, rounds, load)
                ]
    return Report(
        name="chart",
        title="Drawing organization charts",
        workload=f"{WORKLOAD}\n\nMedians of {rounds} interleaved round(s) of {seconds:g} s.",
        machine={**facts, **settings},
        versions={"postgresql": server_version, **versions(DISTRIBUTIONS)},
        contenders=CONTENDERS,
        cases=cases,
        quick=quick,
    )


def questions(register: Register) -> dict[str, Question]:
    """Return what is asked, by the name of the case."""
    return {
        "now": Question(register.root),
        "as of a past day": Question(register.root, as_of=register.past_day),
        "as known at a past instant": Question(register.root, known_at=register.past_instant),
    }


async def built(url: str) -> Register:
    """Build the register, and bring the tables into the state that the server's housekeeping aims at."""
    register = await build(url)
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("VACUUM ANALYZE")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()
    return register


@contextmanager
def _serving(url: str, register: Register, folder: Path) -> Iterator[dict[str, int]]:
    """Run both servers and give their ports."""
    with (
        serving("ours", url, register.projections, folder / "ours.log") as ours,
        serving("peer", url, register.projections, folder / "peer.log") as peer,
    ):
        yield {OURS: ours, PEER: peer}


def _compare(name: str, question: Question, ports: Mapping[str, int], rounds: int, load: Load) -> list[Case]:
    requests = {OURS: question.to_ours(), PEER: question.to_peer()}
    asyncio.run(check_same(ports, requests))
    measurements: dict[str, Callable[[], Sample]] = {
        contender: partial(_measure, name, contender, port, requests[contender], load)
        for contender, port in ports.items()
    }
    return compare(name, rounds, measurements, METRICS)


async def check_same(ports: Mapping[str, int], requests: Mapping[str, bytes]) -> None:
    """Raise AssertionError unless all servers give the same answer, with every organization in it."""
    answers = {name: json.loads(await ask(port, requests[name])) for name, port in ports.items()}
    expected = answers[OURS]
    assert len(expected["data"]["orgChart"]["nodes"]) == ORGANIZATIONS
    assert all(answer["data"] == expected["data"] for answer in answers.values()), "the answers differ"


def _measure(case: str, contender: str, port: int, request: bytes, load: Load) -> Sample:
    sample = press(port, request, load)
    progress(f"chart {case}, {contender}: {sample['throughput']:,.0f} requests/s")
    return sample


if __name__ == "__main__":
    print_one(benchmark)
