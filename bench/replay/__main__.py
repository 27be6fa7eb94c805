"""The benchmark of replaying the log: events a second read, opened and folded, beside a bare SELECT."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import uvloop

from bench.command_line import print_one
from bench.frame import Section, ground, medians_of
from bench.harness import OURS, Case, Metric, Report, Sample, compare
from bench.kept import copied
from bench.progress import progress
from bench.replay.contenders import (
    AT_A_TIME,
    Reading,
    Written,
    fold_all,
    follow,
    read_pages,
    select_pages,
    select_parts,
)
from bench.reports.first import kept_first, mapper
from bench.reports.scale import FULL, QUICK
from projections.filling import collecting_seldom
from registry.store.connection import connect

EVENTS = 200_000

SELECTED = "select"

METRICS = (
    Metric(name="throughput", unit="events/s", better="higher"),
    Metric(name="processor", unit="µs/event", better="lower"),
)

CASES: Mapping[str, tuple[Reading, Reading]] = {
    "in order": (read_pages, select_pages),
    "in order, by the feed": (follow, select_pages),
    "by streams, folded": (fold_all, select_parts),
}
"""What ours does, and the SELECT that reads the same."""

CONTENDERS = {
    OURS: (
        "the registry's reader: rows fetched, personal data unsealed, each event decoded and checked into "
        "its class; by the feed, as subscriptions have it, from pages of 500; folded, as a rebuild "
        "reads them, every stream into its entity with its whole timeline"
    ),
    SELECTED: (
        f"asyncpg: the same statement over the same connection, {AT_A_TIME:,} rows at a time, thrown away"
    ),
}

WORKLOAD = """\
A log of {events:,} events: the first of the generated city, people, memberships and organizations, sealed
and hashed; vacuumed, and in the page cache. The whole log is read by one process over one connection, a
Unix socket. Ours must come to as many events as there are, and so must the rows of the peer. Processor time
is that of the reading process, without PostgreSQL's."""


SECTION = Section(
    name="replay",
    title="Reading the log again",
    contenders=CONTENDERS,
    distributions=("kexie-registry", "asyncpg", "cryptography", "msgspec", "uvloop"),
)


def benchmark(*, quick: bool) -> Report:
    """Read a whole log in each way; quick: one round on a short one."""
    scale, events, rounds = (QUICK, 5_000, 1) if quick else (FULL, EVENTS, 5)
    with ground(keeping=True) as on, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        with copied(on.server, kept_first(scale, events)) as copy:
            log = Written(copy.url, copy.facts["events"], mapper())
            cases = _measured(runner, log, rounds)
        workload = f"{WORKLOAD.format(events=log.events)}\n\n{medians_of(rounds)}"
        return on.report(SECTION, workload, cases, quick=quick)


def _measured(runner: asyncio.Runner, log: Written, rounds: int) -> list[Case]:
    cases: list[Case] = []
    for name, readings in CASES.items():
        contenders: dict[str, Callable[[], Sample]] = {
            contender: partial(_sample, runner, log, reading)
            for contender, reading in zip((OURS, SELECTED), readings, strict=True)
        }
        cases += compare(name, rounds, contenders, METRICS)
        _tell(cases[-2:])
    return cases


def _tell(cases: Sequence[Case]) -> None:
    for one in cases:
        progress(f"replay, {one.case}: {one.to_json()}")


def _sample(runner: asyncio.Runner, log: Written, reading: Reading) -> Sample:
    return runner.run(read_once(log, reading))


async def read_once(log: Written, reading: Reading) -> Sample:
    """Read the log once over a connection of its own, and say what it took."""
    connection = await connect(log.url)
    try:
        with collecting_seldom():
            processor, started = time.process_time(), time.perf_counter()
            count = await reading(log, connection)
            seconds, spent = time.perf_counter() - started, time.process_time() - processor
    finally:
        await connection.close()
    assert count == log.events, f"{count} of {log.events} events were read"
    return {"throughput": count / seconds, "processor": 1e6 * spent / count}


if __name__ == "__main__":
    print_one(benchmark)
