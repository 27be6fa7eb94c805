"""The benchmark of commands that meet a past, many entities or a refusal, with 64 in flight."""

from __future__ import annotations

import asyncio
import gc
import secrets
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

import structlog
import uvloop

from bench.append.ours import opened
from bench.command_line import print_one
from bench.frame import Section, ground, medians_of
from bench.harness import OURS, Aim, Case, Metric, Report, Sample, compare
from bench.history.peers import EVENTSOURCING, PGBENCH, Peers, Seed
from bench.history.pressing import press_count
from bench.history.register import EVENTS, MEMBERS, Register, Size, build
from bench.history.work import REFUSED_IN, Send, Works, works
from bench.load import Load
from bench.progress import progress
from registry.nouns import EVENTS as MODEL
from registry.store.codec import EventMapper
from registry.store.committer import DEFAULT_LIMITS
from registry.store.master import KEY_BYTES, LocalMaster

IN_FLIGHT = 64

PLAIN = "plain"
FRESH = "fresh"
UNKNOWN = "not in memory"
SINGLY = "singly"

TIMES = (
    Metric(name="throughput", unit="commands/s", better="higher"),
    Metric(name="p50", unit="ms", better="lower"),
    Metric(name="p99", unit="ms", better="lower"),
)
PROCESSOR = (Metric(name="processor", unit="µs/command", better="lower"),)

CONTENDERS = {
    OURS: "the registry's committer, with every rule, read model and constraint: what the case names",
    PLAIN: "the same committer in turn with it: `establishOrganization` under one of 50 parents",
    FRESH: "the same command for societies of 2 events",
    UNKNOWN: (
        "the same command, by a committer that keeps the events of one stream in memory: every other one "
        "is read and folded for each batch that meets it"
    ),
    SINGLY: (
        "the same change without a rule: ten commands that move one branch each, sent together, and one that "
        "dissolves; measured from the first to the last of these eleven"
    ),
    PGBENCH: (
        "pgbench, prepared, 64 connections, on a copy of the register: the rows of the same command into "
        "our tables under their constraints, a transaction for each (`bench/history/sql`); no order of "
        "commits, no rule decided but those that refuse"
    ),
    EVENTSOURCING: (
        "the stock recorder of the `eventsourcing` library on 64 threads, in an empty database: events "
        "alone, one more of streams of 100; of 11 streams in one transaction; one in 20 refused by version"
    ),
}

WORKLOAD = f"""\
Commands through the committer in one process, {IN_FLIGHT} in flight, each followed at once by the next, over
a Unix socket. All contenders of ours are pressed in turns on one register, each with so many commands a
round after a tenth as many that do not count. `renameOrganization` meets societies with a history: {EVENTS}
events each at the beginning, half names and half places, each recorded by itself; ours meets each once before
anything counts. `dissolveOrganization` moves the {MEMBERS} branches of a society to another by a rule for
their kind: eleven streams, eleven events. Of the last case one command in {REFUSED_IN} is refused, of these
half by `expectedVersion`, the others by the rule that no two organizations bear one code; each must be
refused so and no other may be.
Processor time is that of the registry's process, without PostgreSQL's."""


class Counts(NamedTuple):
    """How many commands are sent in a round: of one stream, of unknown streams, of many streams.

    Peers are given seconds instead, where what they do is not used up.
    """

    single: int
    unknown: int
    many: int
    seconds: float


SECTION = Section(
    name="history",
    title="Commands that meet a past, many entities, a refusal",
    contenders=CONTENDERS,
    distributions=("kexie-registry", "asyncpg", "eventsourcing", "msgspec", "psycopg", "uvloop"),
    aims=(
        Aim("*, throughput", 3.0, PGBENCH),
        Aim("*, throughput", 10.0, EVENTSOURCING),
    ),
)


def benchmark(*, quick: bool) -> Report:
    """Measure each kind of work beside the plain one; quick: one short round on a small register."""
    rounds, counts = (1, Counts(100, 40, 20, 1.0)) if quick else (3, Counts(1_500, 300, 120, 2.0))
    # A unit needs a group, two contenders take from them, and a tenth warms up.
    groups = 2 * rounds * (counts.many + counts.many // 10 + 1)
    size = Size(societies=IN_FLIGHT if quick else 400, groups=max(groups, 2 * IN_FLIGHT))
    # Standard output is for the result.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    with ground() as on, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        with on.server.database("bench_history_seed") as seed:
            mapper = EventMapper(MODEL, LocalMaster([secrets.token_bytes(KEY_BYTES)]))
            register = runner.run(build(seed, mapper, size))
            progress(f"history: {size.societies} societies with {EVENTS} events, {size.groups} groups")
            load = Load(IN_FLIGHT, counts.seconds, 1.0)
            peers = Peers(on.server, Seed("bench_history_seed", register.projections, size), load)
            with on.server.database("bench_history", template="bench_history_seed") as url:
                cases = _measured(runner, register._replace(url=url), peers, rounds, counts)
        sent = f"{counts.single} commands of one stream ({counts.unknown} of those not in memory)"
        workload = f"{WORKLOAD}\n\n{medians_of(rounds)} A round is {sent} and {counts.many} of many."
        return on.report(SECTION, workload, cases, quick=quick)


def _measured(
    runner: asyncio.Runner, register: Register, peers: Peers, rounds: int, counts: Counts
) -> list[Case]:
    at = (register.url, register.mapper, register.projections)
    ours = opened(*at)
    forgetful = opened(*at, DEFAULT_LIMITS._replace(cached_events=1))
    work = works(register, runner.run(ours.__aenter__()), runner.run(forgetful.__aenter__()))
    try:
        # As a server sets it, and for its reason: the register in memory is large and free of cycles.
        gc.freeze()
        gc.set_threshold(100_000, 50, 100)
        return _compared(peers, _Pressed(runner, counts), register, work, rounds)
    finally:
        runner.run(forgetful.__aexit__(None, None, None))
        runner.run(ours.__aexit__(None, None, None))


class _Pressed:
    """Gives what measures work once."""

    def __init__(self, runner: asyncio.Runner, counts: Counts) -> None:
        self._runner = runner
        self.counts = counts

    def __call__(self, send: Send, count: int, warm_up: int = 0) -> Callable[[], Sample]:
        return lambda: self._runner.run(press_count(send, count, IN_FLIGHT, warm_up))


def _compared(peers: Peers, pressed: _Pressed, register: Register, work: Works, rounds: int) -> list[Case]:
    single, unknown, many, _ = pressed.counts
    plain = pressed(work.plain, single)
    trials: Sequence[tuple[str, dict[str, Callable[[], Sample]], dict[str, Callable[[], Sample]]]] = (
        (
            f"renameOrganization, {EVENTS} events",
            {
                OURS: pressed(work.old, single, len(register.old)),
                FRESH: pressed(work.fresh, single),
                UNKNOWN: pressed(work.old_unknown, unknown),
                PLAIN: plain,
            },
            peers.renaming(),
        ),
        (
            f"dissolveOrganization, {MEMBERS} moved",
            {
                OURS: pressed(work.at_once, many),
                SINGLY: pressed(work.one_by_one, many),
                PLAIN: plain,
            },
            peers.dissolving(),
        ),
        ("5% refused", {OURS: pressed(work.mixed, single), PLAIN: plain}, peers.refused()),
    )
    cases: list[Case] = []
    for name, of_ours, others in trials:
        found = compare(name, rounds, {**of_ours, **others}, TIMES, PROCESSOR)
        for one in found:
            progress(f"history, {one.case}: {one.to_json()}")
        cases += found
    by_version, by_rule = work.refusals.values()
    assert abs(by_version - by_rule) <= 1
    return cases


if __name__ == "__main__":
    print_one(benchmark)
