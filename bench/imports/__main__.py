"""The import benchmark: people with one membership each from CSV, as `kexie import` takes them in."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence

from bench.command_line import print_one
from bench.frame import Section, ground
from bench.harness import Aim, Case, Report, quotient
from bench.imports.beside import ALONE, beside_an_import
from bench.imports.copying import copy_rate
from bench.imports.files import files_of, import_file
from bench.imports.small import A_SECOND
from bench.progress import progress
from bench.server import BenchServer
from registry.store.master import KEY_BYTES

SIZES = (100_000, 1_000_000)
"""People; each with one membership, so that twice as many rows are imported."""

SIZES_VARIABLE = "KEXIE_BENCH_IMPORTS_PEOPLE"
"""Names other sizes, such as ``10000,100000``: a million people take a quarter of an hour."""

FLAT = "peak memory of the largest over that of the smallest"

WORKLOAD = f"""\
Three CSV files, one after another through `kexie import` in a process of its own each, over a Unix socket,
into an empty register: 50 societies, so many people, and one membership of each. Every row is decided in a
snapshot before anything is recorded, and nobody records beside; it becomes a command, a sealed event, Merkle
nodes and bitemporal rows. The start of the processes counts. Peak memory is that of the largest of these
processes; the server's is not in it. COPY puts the very same rows into the very same tables with the same
constraints and indexes, in binary, in one transaction: it decides, seals, hashes and folds nothing. Each size
is measured once.

Small commands beside an import: {A_SECOND} times a second `establishOrganization` is due, and is sent by a
committer in a process of its own, whether the ones before it are answered or not; latency counts from when it
was due. In turns people are imported from CSV by another process meanwhile, or nobody is; medians of rounds,
each with a database of its own."""

CONTENDERS = {
    "ours": "`kexie import` of the CSV files",
    "copy": "`COPY … FROM` of every row that the import left, in every table",
    ALONE: "the same small commands while nobody imports",
}


SECTION = Section(
    name="imports",
    title="Importing a register",
    contenders=CONTENDERS,
    distributions=("kexie-registry", "asyncpg", "msgspec"),
    aims=(
        Aim("*: rate", 0.25, "copy"),
        Aim("*: peak memory", 1024 * 1024 * 1024 / 1_000_000),
        Aim(FLAT, 1.2),
    ),
)


def benchmark(*, quick: bool) -> Report:
    """Measure the import and the peer once for each size; quick: one small size, which proves little."""
    sizes = (5_000,) if quick else sizes_asked()
    with ground() as on:
        cases = [case for people in sizes for case in measured(on.server, people)]
        peaks = [case.ours for case in cases if case.ours is not None and case.case.endswith(": peak memory")]
        cases.append(quotient(FLAT, peaks[-1], peaks[0]))
        cases += beside_an_import(on.server, *((1_000, 1, 2.0) if quick else (20_000, 3, 6.0)))
        return on.report(SECTION, WORKLOAD, cases, quick=quick)


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


if __name__ == "__main__":
    print_one(benchmark)
