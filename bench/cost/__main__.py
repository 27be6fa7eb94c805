"""The benchmark of what proof and sealing cost: commands a second with and without them, in one run."""

from __future__ import annotations

import asyncio
import gc
import secrets
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import NamedTuple, Self

import structlog
import uvloop

from bench.append.ours import establish_parents, migrated, opened
from bench.command_line import print_one
from bench.cost.commands import COMMANDS, Commands
from bench.cost.stages import Stages
from bench.cost.without import SIGNED, WHOLE, WITHOUT, Without
from bench.frame import Section, ground, medians_of
from bench.harness import OURS, Aim, Case, Metric, Report, Sample, compare
from bench.load import Load, press
from bench.machine import processor_seconds
from bench.progress import progress
from bench.server import BenchServer
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.connection import lent
from registry.store.master import KEY_BYTES, LocalMaster
from registry.store.notary import Notary
from registry.store.notes import Signer

IN_FLIGHT = (1, 64)

_BACKENDS = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""

METRICS = (
    Metric(name="throughput", unit="commands/s", better="higher"),
    Metric(name="processor", unit="µs/command", better="lower"),
)

CONTENDERS = {
    OURS: "the registry, its head signed once a second beside the commits",
    "without-tree": (
        "the same, with no leaf encoded or hashed, no tree, no tiles and no checkpoints; the column for the "
        "hash of the leaf stays, and holds zeros"
    ),
    "without-sealing": "the same, with personal data in clear in the events, and no keys of persons made",
    "without-either": "the same, with neither",
}

WORKLOAD = """\
Commands through the committer, so many in flight, each followed at once by the next, over a Unix socket, in
one process: `establishOrganization`, of which nothing is personal, and `registerPerson` with an identity
number and a telephone. Each contender has a database of its own on the one server. They are pressed in
turns, and the order rotates from round to round; what does not count is a warm-up. Processor time is that of
the registry's process, in which leaves are hashed and data is sealed, without PostgreSQL's: it tells less of
what else goes on on the machine.

Whose that time is was taken in runs of their own of the whole registry with 64 in flight: the functions at
which a stage begins are wrapped by a clock (`bench/cost/stages.py`), which itself takes some microseconds a
command. What the server's process for the connection took meanwhile is told beside it."""


class _Trial(NamedTuple):
    """One comparison: what is recorded, and how it is pressed."""

    case: str
    commands: Commands
    load: Load
    rounds: int


class _Site:
    """One contender ready to be pressed, in a database of its own."""

    def __init__(
        self, runner: asyncio.Runner, url: str, commands: Commands, without: Callable[[], Without]
    ) -> None:
        self._runner = runner
        self._open = _open(url, commands, signed=without in SIGNED)
        self._without = without
        self._record: Callable[[], Awaitable[object]]

    def __enter__(self) -> Self:
        with self._without():
            self._record = self._runner.run(self._open.__aenter__())
        return self

    def __exit__(self, *_: object) -> None:
        with self._without():
            self._runner.run(self._open.__aexit__(None, None, None))

    def measure(self, load: Load) -> Sample:
        """Press it once."""
        recorded = 0

        async def record() -> None:
            nonlocal recorded
            await self._record()
            recorded += 1

        with self._without():
            before = time.process_time()
            summary = self._runner.run(press(record, load)).summary()
            spent = time.process_time() - before
        return {**summary, "processor": spent / recorded * 1e6, "recorded": recorded}


SECTION = Section(
    name="cost",
    title="What proof and sealing cost",
    contenders=CONTENDERS,
    distributions=("kexie-registry", "asyncpg", "cryptography", "msgspec", "uvloop"),
    aims=(Aim("*, throughput", 0.9, "without-either"),),
)


def benchmark(*, quick: bool) -> Report:
    """Measure all contenders with each command; quick: one short round."""
    rounds, seconds, warm_up = (1, 0.5, 0.2) if quick else (9, 1.2, 0.3)
    # Standard output is for the result.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    with ground() as on, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        cases: list[Case] = []
        for name, commands in COMMANDS.items():
            trials = [
                _Trial(f"{name}, {in_flight} in flight", commands, Load(in_flight, seconds, warm_up), rounds)
                for in_flight in IN_FLIGHT
            ]
            for trial in trials:
                cases += _compare(on.server, runner, trial)
            cases += _stages(on.server, runner, trials[-1], 1.0 if quick else 5.0)
        return on.report(SECTION, f"{WORKLOAD}\n\n{medians_of(rounds, seconds)}", cases, quick=quick)


def _compare(server: BenchServer, runner: asyncio.Runner, trial: _Trial) -> list[Case]:
    with ExitStack() as leaving:
        measurements: dict[str, Callable[[], Sample]] = {}
        for name, without in {OURS: WHOLE, **WITHOUT}.items():
            url = leaving.enter_context(server.database(f"bench_{name.replace('-', '_')}"))
            site = leaving.enter_context(_Site(runner, url, trial.commands, without))
            measurements[name] = partial(site.measure, trial.load)
        # As a server sets it, and for its reason: the register in memory is large and free of cycles.
        gc.freeze()
        gc.set_threshold(100_000, 50, 100)
        cases = compare(trial.case, trial.rounds, measurements, METRICS)
    for one in cases:
        progress(f"cost, {one.case}: {one.to_json()}")
    return cases


def _stages(server: BenchServer, runner: asyncio.Runner, trial: _Trial, seconds: float) -> list[Case]:
    """Return whose the processor time of a command is here, and what the database takes beside."""
    load = replace(trial.load, seconds=seconds)
    with server.database("bench_stages") as url, _Site(runner, url, trial.commands, WHOLE) as site:
        site.measure(trial.load)
        backends = runner.run(_backends(url))
        before = sum(map(processor_seconds, backends))
        with Stages() as stages:
            sample = site.measure(load)
        spent = sum(map(processor_seconds, backends)) - before
    progress(f"cost, {trial.case}: {stages.shares()}")
    recorded = sample["recorded"]
    return [
        *(
            Case(f"{trial.case}, {stage}", "% of the processor time", "lower", share, {})
            for stage, share in stages.shares().items()
        ),
        Case(f"{trial.case}, PostgreSQL's processor", "µs/command", "lower", 1e6 * spent / recorded, {}),
    ]


async def _backends(url: str) -> list[int]:
    """Return the processes of the server that work for the database at ``url``, but for the one that asks."""
    async with lent(url) as connection:
        return [row["pid"] for row in await connection.fetch(_BACKENDS)]


@asynccontextmanager
async def _open(
    url: str, commands: Commands, *, signed: bool
) -> AsyncIterator[Callable[[], Awaitable[object]]]:
    """Give what records one command after another, with a notary beside it if the log is ``signed``."""
    mapper = EventMapper(EVENTS, LocalMaster([secrets.token_bytes(KEY_BYTES)]))
    projections = await migrated(url, mapper)
    notary = Notary(partial(lent, url), Signer("bench.kexie/log", secrets.token_bytes(32)))
    async with opened(url, mapper, projections) as committer:
        endless = commands(await establish_parents(committer))
        if signed:
            await notary.start()

        async def record() -> object:
            return await committer.record(next(endless))

        try:
            yield record
        finally:
            await notary.stop()


if __name__ == "__main__":
    print_one(benchmark)
