"""The rebuild benchmark: events a second, and what one costs in small and in large logs."""

from __future__ import annotations

import asyncio
import secrets

from bench.command_line import print_one, progress
from bench.harness import OURS, Case, Metric, Report, Sample, compare
from bench.machine import machine
from bench.rebuild.contenders import City, ours, rows_of
from bench.reports.loading import load
from bench.reports.scale import FULL, Scale
from bench.server import BenchServer
from registry.store.master import KEY_BYTES

_FULL_EVENTS = 1_190_000
_SIZES = (10_000, 100_000)

METRICS = (
    Metric(name="throughput", unit="events/s", better="higher"),
    Metric(name="cost", unit="µs/event", better="lower"),
)

WORKLOAD = """\
All projections of a generated city, made from its log of so many events: of people, memberships,
organizations and all else that the register knows, personal data sealed. Nobody else reads or writes
meanwhile. Measured from the beginning until the new tables are in use, with every index, key, reference and
statistic. The peer reads no log: it gets the rows in files that the server wrote in its own binary format."""

CONTENDERS = {
    OURS: "`kexie projections rebuild` with a helper from 50,000 events on: opened, folded, copied",
    "one process": "the same without a helper",
    "copy": "COPY of the rows that come of it into empty tables, then the same indexes, keys and references",
}


def benchmark(*, quick: bool) -> Report:
    """Measure all contenders on logs of each size; quick: one short round on the smallest."""
    rounds = 1 if quick else 3
    with BenchServer() as server:
        facts = machine(server.folder)
        settings = server.facts()
        version = settings.pop("server_version")
        cases = [case for size in _SIZES[: 1 if quick else None] for case in _measured(server, size, rounds)]
        return Report(
            name="rebuild",
            title="Rebuilding projections",
            workload=f"{WORKLOAD}\n\nMedians of {rounds} interleaved round(s).",
            machine={**facts, **settings},
            versions={"postgresql": version},
            contenders=CONTENDERS,
            cases=cases,
            quick=quick,
        )


def _measured(server: BenchServer, size: int, rounds: int) -> list[Case]:
    """Measure on a city of some ``size`` events, in a database that exists only for this."""
    key = secrets.token_bytes(KEY_BYTES)
    with server.database("bench_rebuild") as url:
        loaded = asyncio.run(load(url, _scale(size), key))
        city = City(url, int(loaded.facts["events"]), key)
        with rows_of(city) as rows:
            contenders = {
                OURS: lambda: _told("ours", ours(city, 1)),
                "one process": lambda: _told("one process", ours(city, 0)),
                "copy": lambda: _told("copy", rows.copied(city)),
            }
            return compare(f"{city.events:,} events", rounds, contenders, METRICS)


def _told(name: str, sample: Sample) -> Sample:
    progress(f"rebuild, {name}: {sample['throughput']:,.0f} events/s")
    return sample


def _scale(events: int) -> Scale:
    """Return a city with some so many events; the few that a body needs at least stay."""
    share = min(1.0, events / _FULL_EVENTS)
    smaller = Scale(*(max(4, int(number * share)) for number in FULL))
    return smaller._replace(directors=FULL.directors, delegates=max(60, smaller.delegates))


if __name__ == "__main__":
    print_one(benchmark)
