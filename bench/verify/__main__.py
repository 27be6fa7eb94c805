"""The benchmark of the proof: a whole log verified, beside SHA-256 of the same bytes."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from bench.command_line import print_one
from bench.frame import Section, ground, medians_of
from bench.harness import OURS, Case, Metric, Report, Sample, compare
from bench.kept import copied
from bench.progress import progress
from bench.reports.first import kept_first
from bench.reports.scale import FULL, QUICK
from bench.verify.log import Exported, exported_to, files_of
from registry.statements import statement
from registry.store.audit.bundle import verify_bundle
from registry.store.audit.database import verify_database
from registry.store.audit.findings import Verdict
from registry.store.connection import connect
from registry.store.notes import Verifier

METRICS = (Metric(name="time", unit="s", better="lower"),)

EVENTS = 1_000_000

HASHED = "sha256"
READ = "rows-hashed"

CONTENDERS = {
    OURS: (
        "`kexie audit verify`, in so many processes: every leaf made anew from the body and hashed, its "
        "place read, compared with the hash stored, the tree folded, every tile compared, the note's root "
        "and signature checked"
    ),
    HASHED: "Python's `hashlib.sha256` over the bytes of every file of the export, one process, one digest",
    READ: (
        "the same rows of the log fetched over the same kind of connection by the same statement, and "
        "`hashlib.sha256` over their bodies; nothing checked"
    ),
}

WORKLOAD = """\
A log of {events:,} events as a register would hold it: the first of the generated city, people,
memberships and organizations, sealed and hashed. Its export has {files:,} files of {megabytes:.0f} MB and
was written in {seconds:.0f} s. All files are in the page cache. A verification that finds
anything ends the run."""

_ROWS = statement("registry.store", "audit_rows")
_AT_A_TIME = 2048
_LAST = 2**63 - 1


SECTION = Section(
    name="verify",
    title="Verifying the log",
    contenders=CONTENDERS,
    distributions=("kexie-registry", "asyncpg"),
)


def benchmark(*, quick: bool) -> Report:
    """Verify an export in one process and in two, and the database; quick: one round on a village."""
    scale, events, rounds = (QUICK, 10_000, 1) if quick else (FULL, EVENTS, 5)
    with ground(keeping=True) as on:
        with copied(on.server, kept_first(scale, events)) as copy, asyncio.Runner() as runner:
            exported = runner.run(exported_to(on.server.folder / "export", copy.url))
            cases = [*_of_bundle(exported, rounds), *_of_database(runner, copy.url, exported.key, rounds)]
        workload = WORKLOAD.format(**exported._asdict(), megabytes=exported.size / 1e6)
        return on.report(SECTION, f"{workload}\n\n{medians_of(rounds)}", cases, quick=quick)


def _of_bundle(exported: Exported, rounds: int) -> list[Case]:
    files = files_of(exported.folder)
    cases: list[Case] = []
    for processes in (1, 2):
        measurements: dict[str, Callable[[], Sample]] = {
            OURS: partial(_timed, partial(_verify, exported, processes)),
            HASHED: partial(_timed, partial(_hash, files)),
        }
        cases += compare(f"export, {processes} process(es)", rounds, measurements, METRICS)
        _tell(cases[-1])
    return cases


def _of_database(runner: asyncio.Runner, url: str, key: Verifier, rounds: int) -> list[Case]:
    measurements: dict[str, Callable[[], Sample]] = {
        OURS: partial(_timed, lambda: runner.run(_verify_rows(url, key))),
        READ: partial(_timed, lambda: runner.run(_hash_rows(url))),
    }
    cases = compare("database", rounds, measurements, METRICS)
    _tell(cases[-1])
    return cases


def _tell(case: Case) -> None:
    assert case.ours is not None
    progress(
        f"verify {case.case}: ours {case.ours:.2f} s, "
        + ", ".join(f"{n} {v:.2f} s" for n, v in case.peers.items())
    )


def _timed(work: Callable[[], object]) -> Sample:
    started = time.perf_counter()
    work()
    return {"time": time.perf_counter() - started}


def _verify(exported: Exported, processes: int) -> None:
    _check(verify_bundle(exported.folder, key=exported.key, processes=processes))


def _hash(files: Sequence[Path]) -> None:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    digest.digest()


async def _verify_rows(url: str, key: Verifier) -> None:
    connection = await connect(url)
    try:
        _check(await verify_database(connection, None, key))
    finally:
        await connection.close()


async def _hash_rows(url: str) -> None:
    digest = hashlib.sha256()
    connection = await connect(url)
    try:
        async with connection.transaction(readonly=True):
            async for row in connection.cursor(_ROWS, 0, _LAST, prefetch=_AT_A_TIME):
                digest.update(row["body"])
    finally:
        await connection.close()


def _check(verdict: Verdict) -> None:
    assert verdict.sound, "\n".join(map(str, verdict.findings))


if __name__ == "__main__":
    print_one(benchmark)
