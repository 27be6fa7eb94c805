"""What must hold of a register after anything that happened to its servers."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping
from uuid import UUID

from projections.rebuild import create_schema, fill
from registry.events import Recorded
from registry.store.connection import Connection, connect
from tests.support.desk import read_log, rows_of
from tests.support.load import Load, Mutation, Places
from tests.support.sealing import MAPPER

_SCRATCH = "projection_of_an_audit"
_HEAD = "SELECT position, recorded_at, projections FROM registry.head"
_COMMANDS = """
    SELECT id, first_position, last_position, recorded_at FROM registry.command WHERE outcome = 'recorded'
"""


async def audit(url: str, load: Load) -> list[Recorded]:
    """Expect a whole log, every command that was acknowledged, and tables that are rebuilt the same.

    Commands that nobody acknowledged are there whole or not at all. Returns the log.
    """
    connection = await connect(url)
    try:
        log = await read_log(connection)
        head = await connection.fetchrow(_HEAD)
        assert head is not None
        assert [record.position for record in log] == list(range(1, head["position"] + 1))
        assert all(a.recorded_at <= b.recorded_at for a, b in itertools.pairwise(log))
        assert log[-1].recorded_at <= head["recorded_at"]
        commands = await _commands(connection, log)
        _assert_told(load.told, commands)
        _assert_whole(load.untold, commands)
        await assert_replayed(connection, head["projections"])
    finally:
        await connection.close()
    return log


async def _commands(connection: Connection, log: list[Recorded]) -> dict[UUID, Places]:
    """Return where each command stands, expecting that its row says so and that its events are together."""
    kept = {row["id"]: row for row in await connection.fetch(_COMMANDS)}
    found: dict[UUID, Places] = {}
    for command_id, group in itertools.groupby(log, key=lambda record: record.command_id):
        records = list(group)
        assert command_id not in found, "the events of a command are apart"
        row = kept.pop(command_id)
        found[command_id] = Places(records[0].position, records[-1].position)
        assert found[command_id] == (row["first_position"], row["last_position"])
        assert {record.recorded_at for record in records} == {row["recorded_at"]}
    assert not kept, "commands without their events"
    _assert_versions(log)
    return found


def _assert_versions(log: list[Recorded]) -> None:
    versions: dict[UUID, int] = {}
    for record in log:
        versions[record.originator_id] = versions.get(record.originator_id, 0) + 1
        assert record.originator_version == versions[record.originator_id]


def _assert_told(told: Mapping[UUID, tuple[Mutation, Places]], commands: Mapping[UUID, Places]) -> None:
    """Expect everything that was acknowledged, where it was said to be."""
    for command_id, (mutation, places) in told.items():
        assert commands.get(command_id) == places, mutation
        assert places.last - places.first + 1 == mutation.events, mutation


def _assert_whole(untold: Collection[Mutation], commands: Mapping[UUID, Places]) -> None:
    """Expect each command that was not acknowledged whole, or not at all."""
    for mutation in untold:
        places = commands.get(mutation.command_id)
        assert places is None or places.last - places.first + 1 == mutation.events, mutation


async def assert_replayed(connection: Connection, projections: str) -> None:
    """Expect that the log gives the rows that the tables have; nothing is kept of what is built for that."""
    transaction = connection.transaction()
    await transaction.start()
    try:
        await create_schema(connection, _SCRATCH)
        await fill(connection, MAPPER, _SCRATCH)
        assert await rows_of(connection, _SCRATCH) == await rows_of(connection, projections)
    finally:
        await transaction.rollback()
