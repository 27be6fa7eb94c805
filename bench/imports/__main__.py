"""The import benchmark: people with one membership each from CSV, as `kexie import` takes them in."""

from __future__ import annotations

import base64
import csv
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.command_line import print_one, progress
from bench.harness import Case, Report
from bench.imports.copying import copy_rate
from bench.machine import machine, versions
from bench.server import BenchServer
from registry.store.master import KEY_BYTES

SIZES = (10_000, 100_000)
"""People; each with one membership, so that twice as many rows are imported."""

SIZES_VARIABLE = "KEXIE_BENCH_IMPORTS_PEOPLE"
"""Names other sizes, such as ``100000,1000000``: a million people take a quarter of an hour and more."""

SOCIETIES = 50

WORKLOAD = """\
Three CSV files, one after another through `kexie import` in a process of its own each, over a Unix socket,
into an empty register: 50 societies, so many people, and one membership of each. Every row is decided in a
snapshot before anything is recorded, and nobody records beside; it becomes a command, a sealed event, Merkle
nodes and bitemporal rows. The start of the processes counts. Peak memory is that of the largest of these
processes; the server's is not in it. COPY puts the very same rows into the very same tables with the same
constraints and indexes, in binary, in one transaction: it decides, seals, hashes and folds nothing."""

CONTENDERS = {
    "ours": "`kexie import` of the CSV files",
    "copy": "`COPY … FROM` of every row that the import left, in every table",
}


def benchmark(*, quick: bool) -> Report:
    """Measure the import and the peer once for each size; quick: one small size, which proves little."""
    sizes = (5_000,) if quick else sizes_asked()
    cases: list[Case] = []
    with BenchServer() as server:
        facts = machine(server.folder)
        settings = server.facts()
        server_version = settings.pop("server_version")
        for people in sizes:
            cases += measured(server, people)
    return Report(
        name="imports",
        title="Importing a register",
        workload=WORKLOAD,
        machine={**facts, **settings},
        versions={"postgresql": server_version, **versions(("kexie-registry", "asyncpg", "msgspec"))},
        contenders=CONTENDERS,
        cases=cases,
        quick=quick,
    )


def sizes_asked() -> Sequence[int]:
    """Return the sizes that the environment names, or the usual ones."""
    named = os.environ.get(SIZES_VARIABLE)
    return SIZES if named is None else tuple(int(size) for size in named.split(","))


def measured(server: BenchServer, people: int) -> list[Case]:
    """Import so many people and memberships, and copy what came of it."""
    files = files_of(server.folder, people)
    master = secrets.token_bytes(KEY_BYTES)
    with server.database("bench_import") as source:
        seconds, peak = 0.0, 0.0
        for file in files:
            took, megabytes = import_file(file, source, master, server.folder)
            progress(f"imports, {people:,} people, {file.name}: {took:.1f} s, {megabytes:.0f} MB")
            seconds, peak = seconds + took, max(peak, megabytes)
        with server.database("bench_copy") as target:
            copied, rows = copy_rate(source, target, master, server.folder)
            progress(f"imports, {people:,} people, COPY of {rows:,} rows: {copied:.1f} s")
    named = f"{people:,} people with a membership each"
    total = 2 * people
    return [
        Case(f"{named}: rate", "rows of the files/s", "higher", total / seconds, {"copy": total / copied}),
        Case(f"{named}: peak memory", "MB", "lower", peak, {}),
    ]


def import_file(file: Path, url: str, master: bytes, folder: Path) -> tuple[float, float]:
    """Return how many seconds an import took and the megabytes that its process held at most."""
    environment = {**os.environ, "KEXIE_MASTER_KEY": base64.b64encode(master).decode()}
    command = [sys.executable, "-m", "graphql_api.cli", "import", str(file), "--database-url", url]
    began = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--data-dir", str(folder / "data")], env=environment, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        message = f"the import of {file.name} failed"
        raise RuntimeError(message)
    unit = 1 if sys.platform == "darwin" else 1024
    return time.perf_counter() - began, usage.ru_maxrss * unit / 1_000_000


def files_of(folder: Path, people: int) -> Sequence[Path]:
    """Write the files, and return them in the order of import."""
    return [
        _written(
            folder / "organizations.csv",
            ["代码", "名称", "类别", "生效日期"],
            ([f"S{n}", f"第{n}学会", "学会", "1990-01-01"] for n in range(SOCIETIES)),
        ),
        _written(
            folder / "people.csv",
            ["代码", "姓名", "电话", "生效日期"],
            ([f"P{n}", f"会员{n:07}", f"138{n:08}", "2001-01-01"] for n in range(people)),
        ),
        _written(
            folder / "memberships.csv",
            ["组织代码", "会员代码", "会员类别", "会员号", "生效日期"],
            ([f"S{n % SOCIETIES}", f"P{n}", "个人会员", str(n), "2001-01-01"] for n in range(people)),
        ),
    ]


def _written(file: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(head)
        writer.writerows(rows)
    return file


if __name__ == "__main__":
    print_one(benchmark)
