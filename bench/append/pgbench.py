"""Peer: PostgreSQL's own load generator, with a script; it shows what the server alone can do."""

from __future__ import annotations

import math
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bench.load import Completion, Load, Result, window
from bench.server import program

_SECONDS = 120
"""A run that takes longer is a defect."""


def run(url: str, script: Path, load: Load, *, pipelined: bool = False) -> Result:
    """Run the script as often as it goes, with one connection for each command in flight.

    ``pipelined`` sends all statements of the script at once instead of one after another.
    """
    text = script.read_text(encoding="utf-8")
    seconds = math.ceil(load.duration)
    completions = _run(url, pipeline(text) if pipelined else text, load.in_flight, (f"--time={seconds}",))
    started = min(one.at - one.latency for one in completions)
    return window(completions, started, load)


def run_count(url: str, script: str, in_flight: int, count: int, variables: Mapping[str, int]) -> Result:
    """Run the script ``count`` times over each of ``in_flight`` connections, for what a run uses up.

    The first tenth warms up; the last does not count either, in which some connections are done.
    """
    options = [f"--transactions={count}", *(f"--define={name}={value}" for name, value in variables.items())]
    completions = sorted(_run(url, script, in_flight, options))
    unseen = max(len(completions) // 10, 1)
    seen = completions[unseen:-unseen]
    seconds = seen[-1].at - completions[unseen - 1].at
    return Result(commands=len(seen), seconds=seconds, latencies=[one.latency for one in seen])


def _run(url: str, script: str, in_flight: int, options: Sequence[str]) -> list[Completion]:
    with tempfile.TemporaryDirectory(prefix="kexie-pgbench-") as folder:
        file = Path(folder, "script.sql")
        file.write_text(script, encoding="utf-8")
        command = [
            str(program("pgbench")),
            "--no-vacuum",
            "--protocol=prepared",
            f"--client={in_flight}",
            f"--jobs={min(in_flight, os.cpu_count() or 1)}",
            f"--file={file}",
            "--log",
            f"--log-prefix={folder}/log",
            *options,
            url,
        ]
        finished = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
        if finished.returncode:
            raise RuntimeError(f"pgbench failed with status {finished.returncode}: {finished.stderr[-2000:]}")
        # One file for each of pgbench's threads.
        logs = [log.read_text(encoding="ascii").splitlines() for log in Path(folder).glob("log.*")]
    completions = [one for log in logs for one in parse(log)]
    if not completions:
        raise RuntimeError("pgbench logged no transaction")
    return completions


def pipeline(script: str) -> str:
    """Return the script with its statements between the commands that make one round trip of them.

    The lines of pgbench's own commands, such as those that draw a number, stay before.
    """
    lines = script.splitlines()
    ours = [line for line in lines if line.startswith("\\")]
    sent = [line for line in lines if not line.startswith("\\")]
    return "\n".join([*ours, r"\startpipeline", *sent, r"\endpipeline", ""])


def parse(lines: Iterable[str]) -> Iterator[Completion]:
    """Read a log of transactions: client, number, latency in µs, script, seconds, microseconds."""
    for line in lines:
        _, _, latency, _, seconds, microseconds, *_ = line.split()
        yield Completion(at=int(seconds) + int(microseconds) / 1e6, latency=int(latency) / 1e6)
