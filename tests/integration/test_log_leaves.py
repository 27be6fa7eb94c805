"""A leaf is the same whoever reads the row, and through whichever session."""

from __future__ import annotations

import asyncpg

from registry.store.committer import Committer
from registry.store.leaf import Row, leaf_hash
from tests.support.committing import MAPPER, Office, fresh, record
from tests.support.dalian import REGISTER


async def test_leaves_do_not_depend_on_the_session(office: Office, committer: Committer) -> None:
    await record(committer, *(fresh(command) for command in REGISTER))
    columns = ", ".join(Row._fields)
    hashes: list[list[bytes]] = []
    for zone, style in (("UTC", "ISO, YMD"), ("Asia/Shanghai", "German, DMY")):
        settings = {"timezone": zone, "datestyle": style}
        connection = await asyncpg.connect(office.url, server_settings=settings)
        try:
            rows = await connection.fetch(f"SELECT {columns} FROM registry.event ORDER BY position")  # noqa: S608 - names of ours
        finally:
            await connection.close()
        hashes.append([leaf_hash(Row(*row)) for row in rows])
    assert hashes[0] == hashes[1]
    assert len(set(hashes[0])) == len(hashes[0]) > 10


async def test_a_row_says_what_its_event_says(office: Office, committer: Committer) -> None:
    await record(committer, *(fresh(command, instrument=None, reason="登记") for command in REGISTER))
    rows = await office.fetch("SELECT topic, effective_on, instrument, body FROM registry.event")
    for topic, effective_on, instrument, body in rows:
        event = MAPPER.decode(topic, body)
        assert (event.topic, event.effective_on, event.instrument) == (topic, effective_on, instrument)
        assert MAPPER.encode(event) == body
