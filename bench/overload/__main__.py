"""The benchmark of overload: ten times as many commands as may wait, beside just as many as may."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial

from bench.command_line import print_one
from bench.frame import Section, ground, medians_of
from bench.harness import OURS, Case, Metric, Report, Sample, compare
from bench.progress import progress
from bench.read.processes import ROOT
from bench.server import BenchServer
from registry.store.committer import DEFAULT_LIMITS

TIMES = 10

BOUND = "at the bound"

METRICS = (
    Metric(name="memory", unit="MB", better="lower"),
    Metric(name="recorded", unit="commands/s", better="higher"),
)

CONTENDERS = {
    OURS: f"a committer that is sent {TIMES} times as many commands as may wait",
    BOUND: "the same committer, sent exactly as many as may wait: nothing is refused",
}

WORKLOAD = """\
`establishOrganization` under one of 50 parents, sent to a committer by tasks of its own process as fast as it
can make them, a hundred in each turn of its loop; nobody waits for an answer before sending the next, and
what is refused is not sent again. {queue:,} commands may wait, by default 10,000. Each measurement has a
process and a database of its own, empty but for the parents and some commands that warm it up. Memory is
what the process held at most (resident, looked at after each hundred sent and 20 times a second until all
was answered) above what it held before the flood: the commands that wait, the tasks of their senders, and
the register in memory, which grows by what is recorded. Every command must be recorded or refused `BUSY`."""

_SECONDS = 180


SECTION = Section(
    name="overload",
    title="More than may wait",
    contenders=CONTENDERS,
    distributions=("kexie-registry", "asyncpg", "msgspec", "uvloop"),
)


def benchmark(*, quick: bool) -> Report:
    """Flood a committer at and beyond its bound; quick: one round with a short queue."""
    rounds, queue = (1, 300) if quick else (3, DEFAULT_LIMITS.queue)
    refusals: list[Sample] = []
    with ground() as on:
        cases = compare(
            f"{TIMES} × {queue:,} commands",
            rounds,
            {
                OURS: partial(_flooded, on.server, queue, TIMES, refusals),
                BOUND: partial(_flooded, on.server, queue, 1, []),
            },
            METRICS,
        )
        workload = f"{WORKLOAD.format(queue=queue)}\n\n{medians_of(rounds)}"
        return on.report(SECTION, workload, [*cases, *_refused(refusals)], quick=quick)


def _refused(refusals: list[Sample]) -> list[Case]:
    """Return how many were refused and what one cost the sender and the committer together."""
    middle = sorted(refusals, key=lambda one: one["refused"])[len(refusals) // 2]
    return [
        Case("refused BUSY", "commands", "higher", middle["refused"], {}),
        Case("processor time of a refusal", "µs", "lower", middle["refusal"], {}),
    ]


def _flooded(server: BenchServer, queue: int, times: int, refusals: list[Sample]) -> Sample:
    """Flood once; ``refusals`` is told what became of it."""
    with server.database("bench_overload") as url:
        found = flood(url, queue, times)
    progress(f"overload, {times} x {queue}: {found}")
    refusals.append(found)
    return {"memory": found["memory"], "recorded": found["recorded"] / found["seconds"]}


def flood(url: str, queue: int, times: int) -> dict[str, float]:
    """Send the flood from a process of its own; raises AssertionError when a command is unaccounted for."""
    command = [
        sys.executable,
        "-m",
        "bench.overload.flood",
        f"--url={url}",
        f"--queue={queue}",
        f"--times={times}",
    ]
    finished = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    if finished.returncode:
        raise RuntimeError(f"the flood failed: {finished.stderr[-4000:]}")
    found: dict[str, float] = json.loads(finished.stdout)
    assert found["recorded"] + found["refused"] == times * queue
    assert found["recorded"] >= queue
    return found


if __name__ == "__main__":
    print_one(benchmark)
