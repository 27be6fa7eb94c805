"""The reports benchmark: every report and the full compliance on a generated city, beside SQL by hand."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial

from bench.command_line import print_one
from bench.frame import Section, ground, medians_of
from bench.harness import OURS, Case, Metric, Report, Sample, compare
from bench.kept import copied
from bench.progress import progress
from bench.read.city import kept_city, loaded_of
from bench.reports import rulebook
from bench.reports.contest import PEER, Duel, check_same, duels, measured, reading
from bench.reports.loading import Loaded
from bench.reports.scale import FULL, QUICK

METRICS = (Metric(name="time", unit="ms", better="lower"),)

ROUNDS = 9

CONTENDERS = {
    OURS: (
        "the registry's own path in one process: the query of a report for all its columns is planned, "
        "compiled and run over a reader's connection; compliance reads the rules, compiles and runs the "
        "statement that judges them, and decides the outcomes, in one snapshot"
    ),
    PEER: (
        "one statement for each, written by hand over the same tables (`bench/reports/sql`), run over the "
        "same connection with the same settings; that of compliance knows its rules and works out outcomes"
    ),
}

WORKLOAD = """\
A generated city: {organizations} organizations, {people} people, {memberships} memberships, {appointments}
appointments that last, three years of changes, and {late} entities of which something was recorded late;
{events} events, sealed and hashed; the database is that of the benchmark of reading. Each report is asked for
all of its columns as of today, and as of a past day by the belief of an instant before what was recorded
late; compliance judges {rules} rules for all of their subjects. Both contenders answer with JSON. That both
give the same rows is checked before, which warms up, too; then both are asked in turns."""


SECTION = Section(
    name="reports",
    title="Reports and compliance",
    contenders=CONTENDERS,
    distributions=("kexie-registry", "asyncpg", "graphql-core", "strawberry-graphql"),
)


def benchmark(*, quick: bool) -> Report:
    """Measure every report; quick: one round on a village."""
    scale, rounds = (QUICK, 1) if quick else (FULL, ROUNDS)
    with ground(keeping=True) as on:
        with copied(on.server, kept_city(scale)) as copy, asyncio.Runner() as runner:
            loaded, _ = loaded_of(copy.facts)
            cases = compared(runner, copy.url, loaded, rounds)
        workload = WORKLOAD.format(**loaded.facts, rules=rulebook.count())
        return on.report(SECTION, f"{workload}\n\n{medians_of(rounds)}", cases, quick=quick)


def compared(runner: asyncio.Runner, url: str, loaded: Loaded, rounds: int) -> list[Case]:
    """Ask both contenders everything in turns, after a check that their answers are the same."""
    leaving = reading(url, loaded)
    reader = runner.run(leaving.__aenter__())
    try:
        return [case for duel in duels(reader, loaded) for case in _compare(runner, duel, rounds)]
    finally:
        runner.run(leaving.__aexit__(None, None, None))


def _compare(runner: asyncio.Runner, duel: Duel, rounds: int) -> list[Case]:
    started = time.perf_counter()
    rows = runner.run(check_same(duel))
    measurements: dict[str, Callable[[], Sample]] = {
        name: partial(_once, runner, duel, name) for name in duel.asks
    }
    cases = compare(duel.name, rounds, measurements, METRICS)
    for case in cases:
        assert case.ours is not None
        progress(
            f"reports {duel.name}: {rows} rows, ours {case.ours:.1f} ms, by hand {case.peers[PEER]:.1f} ms"
            f" ({case.ours / case.peers[PEER]:.2f} times; {time.perf_counter() - started:.0f} s in all)"
        )
    return cases


def _once(runner: asyncio.Runner, duel: Duel, name: str) -> Sample:
    return runner.run(measured(duel.asks[name]))


if __name__ == "__main__":
    print_one(benchmark)
