"""How long small commands take while a register is imported by another process (导入时的小命令)."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.harness import OURS, Case, Metric, Sample, compare
from bench.imports.files import files_of, import_file
from bench.kept import ROOT
from bench.load import nearest_rank
from bench.progress import progress
from bench.server import BenchServer
from registry.store.master import KEY_BYTES

ALONE = "nobody imports"

METRICS = (
    Metric(name="p50", unit="ms", better="lower"),
    Metric(name="p99", unit="ms", better="lower"),
)

_WAIT_SECONDS = 120


def beside_an_import(server: BenchServer, people: int, rounds: int, alone_seconds: float) -> list[Case]:
    """Send small commands while so many people are imported, and while nobody is."""
    folder = server.folder
    organizations, listed, _ = files_of(folder, people)
    master = secrets.token_bytes(KEY_BYTES)

    def imported(url: str) -> None:
        import_file(listed, url, master, folder)

    def measured(name: str, work: Callable[[str], None]) -> Sample:
        with server.database("bench_beside") as url, _sending(url, master) as answered:
            import_file(organizations, url, master, folder)
            started = time.perf_counter()
            work(url)
            ended = time.perf_counter()
            answers = answered()
        took = sorted(seconds for due, seconds in answers if started <= due <= ended)
        sample = {"p50": 1000 * nearest_rank(took, 0.5), "p99": 1000 * nearest_rank(took, 0.99)}
        progress(f"imports, small commands, {name}: {len(took)} in {ended - started:.1f} s, {sample}")
        return sample

    contenders: dict[str, Callable[[], Sample]] = {
        OURS: lambda: measured(f"beside {people:,} people", imported),
        ALONE: lambda: measured(ALONE, lambda _: time.sleep(alone_seconds)),
    }
    return compare(f"a small command beside an import of {people:,} people", rounds, contenders, METRICS)


@contextlib.contextmanager
def _sending(url: str, master: bytes) -> Iterator[Callable[[], Sequence[tuple[float, float]]]]:
    """Send from a process of its own, and give what ends it and returns its answers."""
    environment = {**os.environ, "KEXIE_MASTER_KEY": base64.b64encode(master).decode()}
    log = Path(os.devnull).open("wb")  # noqa: SIM115 - closed by the process that it is given to
    with (
        log,
        subprocess.Popen(
            [sys.executable, "-m", "bench.imports.small", f"--url={url}"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n", "the sender of small commands failed"

            def answered() -> Sequence[tuple[float, float]]:
                told, _ = process.communicate(timeout=_WAIT_SECONDS)
                found: list[tuple[float, float]] = json.loads(told)
                return found

            yield answered
        finally:
            process.kill()
