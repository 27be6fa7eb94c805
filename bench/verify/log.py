"""A log of so many events of the generated city, in a database and exported (待核验的日志)."""

from __future__ import annotations

import secrets
import time
from pathlib import Path
from typing import NamedTuple

from bench.progress import progress
from registry.store.audit.export import export
from registry.store.connection import connect
from registry.store.notary import sign_now
from registry.store.notes import Signer, Verifier


class Exported(NamedTuple):
    """A log in a folder: its events, its files, their bytes, the seconds it took to write them, its key."""

    folder: Path
    events: int
    files: int
    size: int
    seconds: float
    key: Verifier


async def exported_to(folder: Path, url: str) -> Exported:
    """Sign the log in the database at ``url`` and export it to ``folder``."""
    connection = await connect(url)
    try:
        signer = Signer("bench.kexie/log", secrets.token_bytes(32))
        await sign_now(connection, signer)
        progress("verify: exporting")
        started = time.perf_counter()
        written = await export(connection, folder, [signer.verifier])
        seconds = time.perf_counter() - started
    finally:
        await connection.close()
    sizes = [path.stat().st_size for path in files_of(folder)]
    return Exported(folder, written, len(sizes), sum(sizes), seconds, signer.verifier)


def files_of(folder: Path) -> list[Path]:
    """Return every file of an export, in one order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())
