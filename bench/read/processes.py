"""The processes of the benchmark of reading: the servers, and a client for each measurement."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.harness import Sample
from bench.kept import KEY
from bench.load import Load
from bench.read.client import WARM_UP_ANSWERS

ROOT = Path(__file__).parents[2]

START_SECONDS = 60
"""A server that does not serve by then is broken; it takes two seconds."""

STOP_SECONDS = 15

_SERVED = (sys.executable, "-m", "bench.read.served")


@contextlib.contextmanager
def serving(name: str, url: str, projections: str, log: Path) -> Iterator[int]:
    """Run the server ``name`` of `bench.read.served` and give its port; it logs to the file ``log``."""
    command = [*_SERVED, name, f"--url={url}", f"--projections={projections}"]
    with served_by(command, log, settings=_key_of(KEY)) as (_, port):
        yield port


@contextlib.contextmanager
def serving_ours(url: str, log: Path, key: bytes = KEY) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run the registry's server and give its process and its port; it logs to the file ``log``."""
    with served_by([*_SERVED, "ours", f"--url={url}"], log, settings=_key_of(key)) as served:
        yield served


def _key_of(key: bytes) -> Mapping[str, str]:
    return {"KEXIE_MASTER_KEY": base64.b64encode(key).decode()}


@contextlib.contextmanager
def served_by(
    command: Sequence[str], log: Path, cwd: Path = ROOT, settings: Mapping[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run a server that prints its port and give its process and that; it logs to the file ``log``.

    ``settings`` are put into its environment.
    """
    environment = {**os.environ, **(settings or {})}
    with log.open("wb") as written:
        process = subprocess.Popen(
            command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=written, text=True
        )
        try:
            yield process, _port(process, log)
        finally:
            process.terminate()
            try:
                process.communicate(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()


def _port(process: subprocess.Popen[str], log: Path) -> int:
    assert process.stdout is not None
    told, _, _ = select.select([process.stdout], [], [], START_SECONDS)
    line = process.stdout.readline() if told else ""
    if not line:
        logged = log.read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"the server does not serve: {logged[-4000:]}")
    return int(line)


def press(port: int, request: bytes, load: Load, warm_up_answers: int = WARM_UP_ANSWERS) -> Sample:
    """Press the server at ``port`` with ``request`` from a process of its own."""
    command = [
        sys.executable,
        "-m",
        "bench.read.client",
        f"--port={port}",
        f"--in-flight={load.in_flight}",
        f"--seconds={load.seconds}",
        f"--warm-up={load.warm_up}",
        f"--warm-up-answers={warm_up_answers}",
    ]
    # The client bounds itself at a minute beyond the load; this is for one that cannot.
    finished = subprocess.run(
        command, cwd=ROOT, input=request, capture_output=True, timeout=load.duration + 120, check=False
    )
    if finished.returncode:
        raise RuntimeError(f"the client failed: {finished.stderr.decode(errors='replace')[-4000:]}")
    found: dict[str, float] = json.loads(finished.stdout)
    return found
