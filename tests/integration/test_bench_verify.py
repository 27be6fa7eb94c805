"""What the benchmark of verification verifies is a log that can be found wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.reports.first import write
from bench.reports.scale import QUICK
from bench.verify.log import exported_to, files_of
from registry.store.audit.bundle import verify_bundle
from registry.store.audit.database import verify_database
from registry.store.connection import connect
from registry.tile_paths import tile_path

EVENTS = 3000


@pytest.mark.slow
async def test_the_log_that_is_verified_is_whole_in_both_forms_and_its_bytes_are_all_counted(
    database_url: str, tmp_path: Path
) -> None:
    await write(database_url, QUICK, EVENTS)
    exported = await exported_to(tmp_path / "export", database_url)
    assert exported.events == EVENTS
    assert exported.size == sum(path.stat().st_size for path in files_of(exported.folder))
    for processes in (1, 2):
        verdict = verify_bundle(exported.folder, key=exported.key, processes=processes)
        assert (verdict.size, verdict.sound) == (EVENTS, True)
    connection = await connect(database_url)
    try:
        verdict = await verify_database(connection, None, exported.key)
    finally:
        await connection.close()
    assert (verdict.size, verdict.sound) == (EVENTS, True)


@pytest.mark.slow
async def test_what_is_verified_is_read_and_not_only_counted(database_url: str, tmp_path: Path) -> None:
    await write(database_url, QUICK, EVENTS)
    exported = await exported_to(tmp_path / "export", database_url)
    bodies = exported.folder / "bodies" / tile_path(7)
    content = bytearray(bodies.read_bytes())
    content[-1] ^= 1
    bodies.write_bytes(content)
    verdict = verify_bundle(exported.folder, key=exported.key, processes=2)
    assert verdict.position == 8 * 256
