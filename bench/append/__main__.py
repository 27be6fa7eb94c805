"""The append benchmark: commands a second and their latency with 1, 16, 64 and 256 in flight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bench.append.contenders import CONTENDERS, Contender, take_part
from bench.command_line import print_one
from bench.frame import Section, ground, medians_of
from bench.harness import Aim, Case, Metric, Report, Sample, compare
from bench.load import Load
from bench.progress import progress
from bench.server import BenchServer

IN_FLIGHT = (1, 16, 64, 256)

METRICS = (
    Metric(name="throughput", unit="commands/s", better="higher"),
    Metric(name="p50", unit="ms", better="lower"),
    Metric(name="p99", unit="ms", better="lower"),
)

WORKLOAD = """\
A closed loop: so many commands in flight, each followed at once by the next, over a Unix socket. The
command is `establishOrganization` under one of 50 parents, with fresh ids and a code of its own. Peers that
only store events record one instead. Each measurement has a database of its own on the one server, empty
but for the parents. Commits are durable (`fsync` and `synchronous_commit` on); a checkpoint comes before
each measurement, and a warm-up does not count.
Python contenders run in a process of their own."""


SECTION = Section(
    name="append",
    title="Recording commands",
    contenders={contender.name: contender.description for contender in CONTENDERS},
    aims=(
        Aim("64 in flight, throughput", 10.0, "eventsourcing"),
        Aim("64 in flight, throughput", 3.0, "logicblocks"),
        Aim("64 in flight, throughput", 1.0, "pgbench-single-row"),
        Aim("64 in flight, throughput", 3.0, "pgbench-same-work"),
    ),
)


def benchmark(*, quick: bool) -> Report:
    """Measure every contender that is here under each load; quick: one short round."""
    rounds, seconds, warm_up = (1, 1.5, 1.0) if quick else (3, 3.0, 1.0)
    with ground() as on:
        present, found, missing = take_part(CONTENDERS)
        cases: list[Case] = []
        for in_flight in IN_FLIGHT:
            load = Load(in_flight=in_flight, seconds=seconds, warm_up=warm_up)
            measurements: dict[str, Callable[[], Sample]] = {
                contender.name: partial(measure, on.server, contender, load) for contender in present
            }
            cases += compare(f"{in_flight} in flight", rounds, measurements, METRICS)
        workload = f"{WORKLOAD}\n\n{medians_of(rounds, seconds)}"
        report = on.report(SECTION, workload, cases, quick=quick)
        return replace(report, versions={**report.versions, **found}, unavailable=missing)


def measure(server: BenchServer, contender: Contender, load: Load) -> Sample:
    """Press one contender once, in a database that exists only for this."""
    with server.database("bench_append", contender.schema) as url:
        sample = contender.measure(url, load)
    progress(f"append, {load.in_flight} in flight, {contender.name}: {sample['throughput']:,.0f} commands/s")
    return sample


if __name__ == "__main__":
    print_one(benchmark)
