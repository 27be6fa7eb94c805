"""Peer: PostgreSQL's own load generator, with a script; it shows what the server alone can do."""

from __future__ import annotations

import math
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.append.load import Completion, Load, Result, window
from bench.server import program


def run(url: str, script: Path, load: Load) -> Result:
    """Run the script as often as it goes, with one connection for each command in flight."""
    seconds = math.ceil(load.duration)
    threads = min(load.in_flight, os.cpu_count() or 1)
    with tempfile.TemporaryDirectory(prefix="kexie-pgbench-") as folder:
        command = [
            str(program("pgbench")),
            "--no-vacuum",
            "--protocol=prepared",
            f"--client={load.in_flight}",
            f"--jobs={threads}",
            f"--time={seconds}",
            f"--file={script}",
            "--log",
            f"--log-prefix={folder}/log",
            url,
        ]
        finished = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60, check=False)
        if finished.returncode:
            raise RuntimeError(f"pgbench failed with status {finished.returncode}: {finished.stderr[-2000:]}")
        # One file for each of pgbench's threads.
        logs = [log.read_text(encoding="ascii").splitlines() for log in Path(folder).iterdir()]
    completions = [one for log in logs for one in parse(log)]
    if not completions:
        raise RuntimeError("pgbench logged no transaction")
    started = min(one.at - one.latency for one in completions)
    return window(completions, started, load)


def parse(lines: Iterable[str]) -> Iterator[Completion]:
    """Read a log of transactions: client, number, latency in µs, script, seconds, microseconds."""
    for line in lines:
        _, _, latency, _, seconds, microseconds, *_ = line.split()
        yield Completion(at=int(seconds) + int(microseconds) / 1e6, latency=int(latency) / 1e6)
