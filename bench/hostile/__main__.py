"""The benchmark of what is sent to hurt: processor time of each refusal, and what a neighbor notices."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import socket
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import asyncpg

from bench.append.ours import establish_parents, establishment, migrated, opened
from bench.command_line import print_one
from bench.frame import Section, ground, medians_of
from bench.harness import OURS, Aim, Case, Metric, Report, Sample, compare
from bench.hostile.attacks import ATTACKS, Attack
from bench.hostile.slow import OPERATIONS, SOCKETS, slow_readers
from bench.kept import KEY
from bench.load import Load
from bench.machine import processor_seconds, resident
from bench.progress import progress
from bench.read.processes import ROOT, press, serving_ours
from graphql_api.access import Role
from graphql_api.keys import issue
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.master import LocalMaster

LIMIT_MILLISECONDS = 50.0
"""What a refusal may take of the server's processor."""

CONNECTIONS = 8
ALONE = "alone"
DEAREST = "the dearest of all, processor"

PROCESSOR = Metric(name="processor", unit="ms", better="lower")
METRICS = (
    Metric(name="throughput", unit="requests/s", better="higher"),
    Metric(name="p50", unit="ms", better="lower"),
    Metric(name="p99", unit="ms", better="lower"),
)

_SOCIETIES = 1_500
"""So many that what the slow readers ask for fits into no buffer."""

_QUESTION = "query ($n: Int!) { organizations(first: $n) { nodes { id name code kind status } } }"

WORKLOAD = f"""\
`processor`: each hostile request of `bench/hostile/attacks.py` is sent on a connection of its own while
nobody else asks; what the server's process has used of the processor, all its threads, is read before and
after (the process's own clock, which other processes do not move). Each is checked to be refused by its code.
The aim is {LIMIT_MILLISECONDS:g} ms each.

The neighbor: {CONNECTIONS} connections, each asking for a page of 20 organizations with a key of its own,
again as soon as it is answered. In turns it is alone, and beside a process that sends all hostile requests,
one after another, again and again over one connection at a time, with another key; and beside slow readers:
{SOCKETS} WebSockets that each follow the log from its beginning {OPERATIONS} times, which is as much as one
caller may, and never read. The register has {_SOCIETIES:,} societies."""

CONTENDERS = {
    OURS: "the registry's server, run as `kexie serve` runs it, beside whoever is hostile",
    ALONE: "the same server at the same load, with nobody hostile",
}


SECTION = Section(
    name="hostile",
    title="What is sent to hurt",
    contenders=CONTENDERS,
    distributions=("kexie-registry", "graphql-core", "starlette", "strawberry-graphql", "uvicorn", "uvloop"),
    aims=(
        Aim(DEAREST, LIMIT_MILLISECONDS),
        # Twice as long is half as good.
        Aim("the neighbor, p99", 0.5, ALONE),
        Aim("the neighbor of slow readers, p99", 0.5, ALONE),
    ),
)


def benchmark(*, quick: bool) -> Report:
    """Measure every attack, then the neighbor; quick: one short round."""
    rounds, seconds, warm_up = (1, 3.0, 0.5) if quick else (5, 5.0, 0.5)
    load = Load(in_flight=CONNECTIONS, seconds=seconds, warm_up=warm_up)
    with ground() as on:
        with on.server.database("bench_hostile") as url:
            hostile, neighbor = asyncio.run(_prepared(url))
            with serving_ours(url, on.server.folder / "hostile.log") as (process, port):
                cases = _costs(process.pid, port, hostile, 2 if quick else 5)
                before = resident(process.pid)
                cases += _beside(port, hostile, neighbor, load, rounds)
                grown = (resident(process.pid) - before) / 1_000_000
                cases.append(Case("memory of the server, grown meanwhile", "MB", "lower", grown, {}))
        return on.report(SECTION, f"{WORKLOAD}\n\n{medians_of(rounds, seconds)}", cases, quick=quick)


async def _prepared(url: str) -> tuple[str, str]:
    """Build a register, and return the keys of the hostile client and of its neighbor."""
    mapper = EventMapper(EVENTS, LocalMaster([KEY]))
    projections = await migrated(url, mapper)
    async with opened(url, mapper, projections) as committer:
        superiors = itertools.cycle(await establish_parents(committer))
        commands = [establishment(number, next(superiors)) for number in range(_SOCIETIES)]
        await asyncio.gather(*map(committer.record, commands))
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("VACUUM ANALYZE")
        return (
            await issue(connection, "hostile", Role.VIEWER),
            await issue(connection, "neighbor", Role.VIEWER),
        )
    finally:
        await connection.close()


def _costs(pid: int, port: int, token: str, times: int) -> list[Case]:
    """Return the processor time of each refusal, the dearest first; a wrong refusal ends it all."""
    found = {}
    for name, attack in ATTACKS.items():
        asking = partial(_refused, name, attack, port, attack.request(token))
        found[name] = statistics.median(_milliseconds(pid, asking) for _ in range(times))
    worst = max(found, key=lambda name: found[name])
    over = sum(value > LIMIT_MILLISECONDS for value in found.values())
    progress(f"hostile, {len(found)} attacks: {worst} costs {found[worst]:.1f} ms, {over} over the limit")
    ranked = sorted(found.items(), key=lambda item: -item[1])
    return [
        Case(DEAREST, PROCESSOR.unit, PROCESSOR.better, found[worst], {}),
        *(
            Case(f"{name}, {PROCESSOR.name}", PROCESSOR.unit, PROCESSOR.better, value, {})
            for name, value in ranked
        ),
    ]


def _milliseconds(pid: int, asking: Callable[[], None]) -> float:
    before = processor_seconds(pid)
    asking()
    return (processor_seconds(pid) - before) * 1000


def _refused(name: str, attack: Attack, port: int, request: bytes) -> None:
    codes = {error["extensions"]["code"] for error in json.loads(exchange(port, request))["errors"]}
    assert codes <= attack.codes, f"{name} is refused by {codes}"


def exchange(port: int, request: bytes) -> bytes:
    """Send one request on a connection of its own and return the body of the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as plain:
        plain.sendall(request)
        with plain.makefile("rb") as reading:
            length = 0
            while (line := reading.readline().lower()) not in {b"\r\n", b""}:
                name, _, value = line.partition(b":")
                length = int(value) if name == b"content-length" else length
            return reading.read(length)


def _beside(port: int, hostile: str, neighbor: str, load: Load, rounds: int) -> list[Case]:
    body = json.dumps({"query": _QUESTION, "variables": {"n": 20}}).encode()
    head = (
        f"content-type: application/json\r\nauthorization: Bearer {neighbor}\r\ncontent-length: {len(body)}"
    )
    request = f"POST /graphql HTTP/1.1\r\nhost: localhost\r\n{head}\r\n\r\n".encode() + body

    def crowded() -> Sample:
        with _attacking(port, hostile):
            return _told("beside the hostile client", press(port, request, load))

    def followed() -> Sample:
        with slow_readers(port, hostile):
            return _told("beside slow readers", press(port, request, load))

    def alone() -> Sample:
        return _told(ALONE, press(port, request, load))

    beside: Mapping[str, Callable[[], Sample]] = {OURS: crowded, ALONE: alone}
    behind: Mapping[str, Callable[[], Sample]] = {OURS: followed, ALONE: alone}
    return [
        *compare("the neighbor", rounds, beside, METRICS),
        *compare("the neighbor of slow readers", rounds, behind, METRICS),
    ]


def _told(name: str, sample: Sample) -> Sample:
    progress(f"hostile, neighbor {name}: p99 {sample['p99']:.1f} ms, {sample['throughput']:,.0f} requests/s")
    return sample


@contextlib.contextmanager
def _attacking(port: int, token: str) -> Iterator[None]:
    """Attack from a process of its own for as long as the context lasts."""
    command = [sys.executable, "-m", "bench.hostile.client", f"--port={port}"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        process.stdin.write(token)
        process.stdin.close()
        try:
            yield
            assert process.poll() is None, "the hostile client gave up"
        finally:
            process.terminate()


if __name__ == "__main__":
    print_one(benchmark)
