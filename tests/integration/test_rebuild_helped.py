"""Processes that help with a rebuild do their share, and nothing is done twice or left out."""

from __future__ import annotations

from uuid import uuid4

import pytest

from projections import building, crew, rebuild
from projections.building import Progress
from projections.filling import Filler, Part
from registry.organization.kinds import Kind
from registry.store.committer import Committer
from registry.store.connection import Connection, connect
from registry.store.master import LocalMaster
from tests.support.audit import assert_replayed
from tests.support.committing import MAPPER, Office, fresh, record, until
from tests.support.dalian import established
from tests.support.sealing import MASTER_KEY

pytestmark = pytest.mark.slow


async def opener(_: Connection) -> LocalMaster:
    """Open the master key of tests in another process."""
    return LocalMaster([MASTER_KEY])


async def test_a_helper_does_what_the_builder_does_not(
    office: Office, committer: Committer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The builder stops before its second part until the helper has done all others."""
    monkeypatch.setattr(building, "PART_EVENTS", 3)
    monkeypatch.setattr(rebuild, "_HELPED_FROM", 0)
    await record(committer, *(fresh(established(uuid4(), "科协", Kind.ASSOCIATION)) for _ in range(30)))
    filling, parts = Filler.part, 0
    left = "SELECT count(*) FROM projection_2.build_task WHERE stage = 0 AND NOT done"

    async def slow(self: Filler, part: Part, position: int) -> None:
        nonlocal parts
        parts += 1
        if parts == 2:

            async def others_are_done() -> bool:
                return bool(await office.value(left) == 1)

            await until(others_are_done, 120)
        await filling(self, part, position)

    heard: list[Progress] = []
    connection = await connect(office.url)
    try:
        with monkeypatch.context() as patched:
            patched.setattr(Filler, "part", slow)
            helpers = crew.Crew(office.url, opener)
            name = await rebuild.rebuild(connection, MAPPER, helpers, heard.append)
        assert parts == 2
        await assert_replayed(connection, name)
    finally:
        await connection.close()
    assert heard[-1].filled == heard[-1].to_fill > 0
    assert heard[-1].made == heard[-1].to_make > 0
    assert [one.filled for one in heard] == sorted(one.filled for one in heard)
