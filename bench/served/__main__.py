"""The benchmark of mutations over HTTP: commands a second, and whose the server's processor time is."""

from __future__ import annotations

import asyncio
import json
import secrets
import subprocess
import sys
from collections.abc import Mapping
from functools import partial

from bench.append.ours import PARENTS, check_written, establish_parents, migrated, opened
from bench.command_line import print_one
from bench.frame import Section, ground, medians_of
from bench.harness import OURS, Case, Metric, Report, Sample, compare, significant
from bench.load import Load
from bench.machine import processor_seconds
from bench.progress import progress
from bench.read.processes import ROOT, serving_ours
from bench.server import BenchServer
from graphql_api.access import Role
from graphql_api.keys import issue
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.connection import lent
from registry.store.master import KEY_BYTES, LocalMaster

CONNECTIONS = 64

DIRECT = "in process"

METRICS = (
    Metric(name="throughput", unit="commands/s", better="higher"),
    Metric(name="p50", unit="ms", better="lower"),
    Metric(name="p99", unit="ms", better="lower"),
    Metric(name="processor", unit="µs/command", better="lower"),
)

CONTENDERS = {
    OURS: (
        "the registry's server, run as `kexie serve` runs it in one process: HTTP read, the key looked up, "
        "access checked, the mutation parsed and checked, recorded, answered, logged to a file; checkpoints "
        "signed beside it"
    ),
    DIRECT: (
        "the registry alone: the same commands given to a committer by tasks of its own process, as in "
        "`bench.append`"
    ),
}

WORKLOAD = f"""\
`establishOrganization` under one of {PARENTS} parents, with fresh ids and a code of its own, {CONNECTIONS} in
flight, each followed at once by the next. Over HTTP that is {CONNECTIONS} keep-alive connections of the
loopback and one client, itself a process, which makes each request as JSON with variables and checks each
answer. Each measurement has a server, or a process, and a database of its own, empty but for the parents.
That all was recorded is checked after it. Processor time is that of the process that records, its threads
included, without PostgreSQL's and the client's: so the ratio of the two is the share of the registry in
the work of the server, what is left being HTTP, GraphQL, access and logging."""


SECTION = Section(
    name="served",
    title="Mutations over HTTP",
    contenders=CONTENDERS,
    distributions=(
        "kexie-registry",
        "asyncpg",
        "graphql-core",
        "httptools",
        "starlette",
        "strawberry-graphql",
        "uvicorn",
        "uvloop",
    ),
)


def benchmark(*, quick: bool) -> Report:
    """Measure both; quick: one short round."""
    rounds, seconds, warm_up = (1, 1.0, 1.0) if quick else (3, 5.0, 2.0)
    load = Load(in_flight=CONNECTIONS, seconds=seconds, warm_up=warm_up)
    with ground() as on:
        cases = compare(
            f"{CONNECTIONS} in flight",
            rounds,
            {OURS: partial(over_http, on.server, load), DIRECT: partial(in_process, on.server, load)},
            METRICS,
        )
        workload = f"{WORKLOAD}\n\n{medians_of(rounds, seconds)}"
        return on.report(SECTION, workload, [*cases, share(cases)], quick=quick)


def share(cases: list[Case]) -> Case:
    """Return what part of the server's processor time is the registry's, in percent."""
    [processor] = [case for case in cases if case.case.endswith("processor")]
    percent = 100 * processor.ratios()[DIRECT]
    progress(f"served, {significant(percent, 3)} % of the server's processor time is the registry's")
    return Case("the registry's share of the processor time", "%", "higher", percent, {})


def over_http(server: BenchServer, load: Load) -> Sample:
    """Press a server of an empty register."""
    master = secrets.token_bytes(KEY_BYTES)
    with server.database("bench_served") as url:
        projections, given = asyncio.run(prepared(url, master))
        with serving_ours(url, server.folder / "served.log", master) as (process, port):
            before = processor_seconds(process.pid)
            found = pressed(port, given, load)
            spent = processor_seconds(process.pid) - before
        recorded = int(found.pop("recorded"))
        asyncio.run(check_written(url, projections, 1 + PARENTS + recorded))
    return _told(OURS, {**found, "processor": 1e6 * spent / recorded})


async def prepared(url: str, master: bytes) -> tuple[str, Mapping[str, object]]:
    """Establish the parents and issue a key; return the schema of projections and what the client needs."""
    mapper = EventMapper(EVENTS, LocalMaster([master]))
    projections = await migrated(url, mapper)
    async with opened(url, mapper, projections) as committer:
        parents = await establish_parents(committer)
    async with lent(url) as connection:
        token = await issue(connection, "bench", Role.REGISTRAR)
    return projections, {"token": token, "superiors": [str(parent) for parent in parents]}


def pressed(port: int, given: Mapping[str, object], load: Load) -> dict[str, float]:
    """Press the server at ``port`` from a process of its own."""
    return _run("bench.served.client", load, f"--port={port}", given=json.dumps(given))


def in_process(server: BenchServer, load: Load) -> Sample:
    """Press a committer of an empty register."""
    with server.database("bench_direct") as url:
        found = _run("bench.served.direct", load, f"--url={url}")
    del found["recorded"]
    return _told(DIRECT, found)


def _run(module: str, load: Load, *arguments: str, given: str = "") -> dict[str, float]:
    """Run a module under the load in a process of its own and return what it prints."""
    command = [
        sys.executable,
        "-m",
        module,
        *arguments,
        f"--in-flight={load.in_flight}",
        f"--seconds={load.seconds}",
        f"--warm-up={load.warm_up}",
    ]
    finished = subprocess.run(
        command,
        cwd=ROOT,
        input=given,
        capture_output=True,
        text=True,
        timeout=load.duration + 120,
        check=False,
    )
    if finished.returncode:
        raise RuntimeError(f"{module} failed: {finished.stderr[-4000:]}")
    found: dict[str, float] = json.loads(finished.stdout)
    return found


def _told(name: str, sample: Sample) -> Sample:
    progress(
        f"served, {name}: {sample['throughput']:,.0f} commands/s,"
        f" {sample['processor']:,.0f} µs of processor each"
    )
    return sample


if __name__ == "__main__":
    print_one(benchmark)
