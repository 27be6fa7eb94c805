"""The disk is full: nothing is recorded, the sender is told so, and everything goes on when there is room."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from registry.errors import Code
from registry.organization.commands import EstablishOrganization
from registry.organization.kinds import Kind
from registry.store.connection import connect
from tests.support.audit import assert_replayed
from tests.support.committing import Office, codes, fresh, record, refused, send
from tests.support.dalian import established

_FULL = Path("/dev/full")
_FILE = "SELECT current_setting('data_directory') || '/' || pg_relation_filepath($1::text::regclass)"

pytestmark = pytest.mark.skipif(not _FULL.exists(), reason="this system has no device that is always full")


def association() -> EstablishOrganization:
    return fresh(established(uuid4(), "科协", Kind.ASSOCIATION))


@contextmanager
def no_room_for(file: Path) -> Iterator[None]:
    """Let a table's empty file be on a device that is full: every write is answered by ENOSPC."""
    assert file.stat().st_size == 0
    aside = file.with_name(f"{file.name}.aside")
    file.rename(aside)
    file.symlink_to(_FULL)
    os.lchown(file, aside.stat().st_uid, aside.stat().st_gid)
    try:
        yield
    finally:
        file.unlink()
        aside.rename(file)


@pytest.mark.parametrize("table", ["organization", "life", "naming"])
@pytest.mark.parametrize("count", [1, 30])
async def test_nothing_is_recorded_without_room_and_everything_with_it(
    office: Office, table: str, count: int
) -> None:
    commands = [association() for _ in range(count)]
    file = Path(await office.value(_FILE, f"{office.projections}.{table}"))
    with no_room_for(file):
        committer = await office.open()
        for _ in range(2):
            for answer in await send(committer, *commands):
                refused(answer, Code.NO_ROOM)
    assert committer.defects == 0
    assert await office.fetch(
        "SELECT position, (SELECT count(*) FROM registry.event) FROM registry.head"
    ) == [(0, 0)]
    assert await office.value("SELECT count(*) FROM registry.command") == 0
    # Sessions look at the file anew when something about the table changes.
    await office.fetch(f"ALTER TABLE {table} SET (fillfactor = 99)")
    assert codes(await send(committer, *commands)) == [None] * count
    await record(committer, association())
    connection = await connect(office.url)
    try:
        await assert_replayed(connection, office.projections)
    finally:
        await connection.close()
