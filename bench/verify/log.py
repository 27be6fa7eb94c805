"""A log of so many events of the generated city, in a database and exported (待核验的日志)."""

from __future__ import annotations

import secrets
import time
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from bench.append.ours import migrated
from bench.command_line import progress
from bench.reports.city import City
from bench.reports.log import BEGUN, Log, copy
from bench.reports.scale import Scale
from registry.nouns import EVENTS
from registry.store.audit.export import export
from registry.store.codec import EventMapper
from registry.store.connection import connect
from registry.store.growth import advance
from registry.store.master import KEY_BYTES, LocalMaster
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


async def write(url: str, folder: Path, scale: Scale, events: int) -> Exported:
    """Record the first ``events`` of the city, sealed and hashed, sign the log and export it to ``folder``.

    The city is the same on every machine; the keys of persons and nonces are not, and change no length.
    """
    mapper = EventMapper(EVENTS, LocalMaster([secrets.token_bytes(KEY_BYTES)]))
    await migrated(url, mapper)
    connection = await connect(url)
    try:
        log, signer = Log(mapper), Signer("bench.kexie/log", secrets.token_bytes(32))
        await copy(connection, log, islice(log.rows(City(scale).streams(), BEGUN), events))
        await advance(connection, log.tree, log.recorded_at)
        await sign_now(connection, signer)
        await connection.execute("VACUUM ANALYZE registry.event")
        progress(f"verify: {log.position} events written, exporting")
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
