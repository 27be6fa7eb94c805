"""The rebuild benchmark: events a second, and what one costs in small and in large logs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from bench.command_line import print_one
from bench.frame import Section, ground, medians_of
from bench.harness import OURS, Aim, Case, Metric, Report, Sample, compare, quotient
from bench.kept import KEY, Facts, Kept, copied
from bench.progress import progress
from bench.rebuild.contenders import City, ours, rows_of
from bench.reports.loading import write_log
from bench.reports.scale import FULL, Scale
from bench.server import BenchServer

FLAT = "cost of an event, the dearest of all sizes over the cheapest"
ALONE = "one process"
COPY = "copy"

_FULL_EVENTS = 1_190_000


class Size(NamedTuple):
    """A log of some so many events, how often it is measured, and whether without a helper, too."""

    events: int
    rounds: int
    alone: bool = True


SIZES = (Size(10_000, 3), Size(100_000, 3), Size(1_000_000, 2, alone=False), Size(2_000_000, 1, alone=False))

METRICS = (
    Metric(name="throughput", unit="events/s", better="higher"),
    Metric(name="cost", unit="µs/event", better="lower"),
)

WORKLOAD = """\
All projections of a generated city, made from its log of so many events: of people, memberships,
organizations and all else that the register knows, personal data sealed. Nobody else reads or writes
meanwhile. Measured from the beginning until the new tables are in use, with every index, key, reference and
statistic; not the checkpoint before. The peer reads no log: it gets the rows in files that the server wrote
in its own binary format."""

CONTENDERS = {
    OURS: "`kexie projections rebuild` with a helper from 50,000 events on: opened, folded, copied",
    "one process": "the same without a helper",
    "copy": "COPY of the rows that come of it into empty tables, then the same indexes, keys and references",
}


SECTION = Section(
    name="rebuild",
    title="Rebuilding projections",
    contenders=CONTENDERS,
    distributions=("kexie-registry", "asyncpg", "msgspec"),
    aims=(Aim("*, throughput", 0.25, COPY), Aim(FLAT, 1.2)),
)


def benchmark(*, quick: bool) -> Report:
    """Measure all contenders on logs of each size; quick: one short round on the smallest."""
    sizes = [size._replace(rounds=1) for size in SIZES[:1]] if quick else SIZES
    with ground(keeping=True) as on:
        cases = [case for size in sizes for case in _measured(on.server, size)]
        costs = [case.ours for case in cases if case.ours is not None and case.case.endswith(", cost")]
        cases.append(quotient(FLAT, max(costs), min(costs)))
        rounds = " ".join(f"{size.events:,} events: {medians_of(size.rounds)}" for size in sizes)
        return on.report(SECTION, f"{WORKLOAD}\n\n{rounds}", cases, quick=quick)


def _measured(server: BenchServer, size: Size) -> list[Case]:
    """Measure on a city of some ``size`` events, in a database that exists only for this."""
    with copied(server, kept_log(size.events)) as copy:
        city = City(copy.url, copy.facts["events"], KEY)
        with rows_of() as rows:
            contenders: Mapping[str, Callable[[], Sample]] = {
                OURS: lambda: _told(OURS, ours(city, 1)),
                **({ALONE: lambda: _told(ALONE, ours(city, 0))} if size.alone else {}),
                COPY: lambda: _told(COPY, rows.copied(city)),
            }
            return compare(f"{city.events:,} events", size.rounds, contenders, METRICS)


def kept_log(events: int) -> Kept:
    """Return the log of a city of some so many events as it is kept."""
    return Kept(f"city_log_{events}", partial(_written, scale=_scale(events)))


async def _written(url: str, scale: Scale) -> Facts:
    return {"events": await write_log(url, scale)}


def _told(name: str, sample: Sample) -> Sample:
    progress(f"rebuild, {name}: {sample['throughput']:,.0f} events/s")
    return sample


def _scale(events: int) -> Scale:
    """Return a city with some so many events; the few that a body needs at least stay."""
    share = events / _FULL_EVENTS
    other = Scale(*(max(4, int(number * share)) for number in FULL))
    # A city has no more districts than it has, however large it is.
    districts = min(FULL.districts, other.districts)
    return other._replace(directors=FULL.directors, delegates=max(60, other.delegates), districts=districts)


if __name__ == "__main__":
    print_one(benchmark)
