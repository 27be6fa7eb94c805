from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import asyncpg
import pytest

from bench.append.contenders import CONTENDERS, LOGICBLOCKS, PgbenchContender, PythonContender, take_part
from bench.append.ours import PARENTS, check_written, establish_parents, establishment, migrated, opened
from bench.load import Load, press
from bench.server import BenchServer
from registry.errors import Refusal
from tests.support.sealing import MAPPER

OF_COMMAND = "t.{column} = (SELECT e.stream_id FROM registry.event AS e WHERE e.command_id = $1 LIMIT 1)"

LOAD = Load(in_flight=4, seconds=0.5, warm_up=0.2)
BY_NAME = {contender.name: contender for contender in CONTENDERS}


@pytest.fixture(scope="module")
def server() -> Iterator[BenchServer]:
    with BenchServer() as running:
        yield running


async def _count(url: str, tables: tuple[str, ...]) -> dict[str, int]:
    connection = await asyncpg.connect(url)
    try:
        # The names are those of this file.
        return {table: await connection.fetchval(f"SELECT count(*) FROM {table}") for table in tables}  # noqa: S608
    finally:
        await connection.close()


def _run(server: BenchServer, name: str, tables: tuple[str, ...]) -> tuple[dict[str, float], dict[str, int]]:
    contender = BY_NAME[name]
    with server.database("bench_test", contender.schema) as url:
        sample = contender.measure(url, LOAD)
        return dict(sample), asyncio.run(_count(url, tables))


async def _newest(url: str) -> dict[str, list[dict[str, Any]]]:
    """Return every row that the newest command wrote, by table."""
    connection = await asyncpg.connect(url, server_settings={"search_path": "projection_1, registry, public"})
    try:
        command = await connection.fetchrow(
            "SELECT * FROM registry.command ORDER BY first_position DESC LIMIT 1"
        )
        assert command is not None
        found = {"command": [dict(command)]}
        conditions = {
            "registry.event": "t.command_id = $1",
            "organization": OF_COMMAND.format(column="id"),
            "life": OF_COMMAND.format(column="id"),
            "relation": OF_COMMAND.format(column="subordinate"),
            "identifier": OF_COMMAND.format(column="entity"),
            "naming": OF_COMMAND.format(column="entity") + " ORDER BY t.role",
        }
        for table, condition in conditions.items():
            # The names and conditions are those above.
            rows = await connection.fetch(f"SELECT t.* FROM {table} AS t WHERE {condition}", command["id"])  # noqa: S608
            found[table] = [dict(row) for row in rows]
        return found
    finally:
        await connection.close()


_SPELLED = ("pinyin", "folded", "letters", "initials", "grams")
"""What names are looked for and sorted by."""


def _shape(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, object]]]:
    """Return the rows with what differs from one command to the next replaced by its type."""
    return {
        table: [{column: _generalized(column, value) for column, value in row.items()} for row in of_table]
        for table, of_table in rows.items()
    }


def _generalized(column: str, value: object) -> object:
    if column == "body":
        assert isinstance(value, bytes)
        return [(key, _generalized(key, content)) for key, content in json.loads(value).items()]
    varying = column in {"name", "short_name", "code", "value", "superior", *_SPELLED}
    if value is None or (isinstance(value, str | date | asyncpg.Range | bool) and not varying):
        return type(value) if isinstance(value, datetime) else value
    return type(value)


def test_the_server_is_durable(server: BenchServer) -> None:
    facts = server.facts()
    assert (facts["fsync"], facts["synchronous_commit"], facts["full_page_writes"]) == ("on", "on", "on")
    assert facts["server_version"].startswith("18.")


@pytest.mark.parametrize("name", ["pgbench-same-work", "pgbench-same-work-pipelined"])
def test_the_same_work_writes_every_row_of_a_command(server: BenchServer, name: str) -> None:
    tables = (
        "registry.command",
        "registry.event",
        "organization",
        "life",
        "relation",
        "identifier",
        "naming",
    )
    sample, rows = _run(server, name, tables)
    commands = rows["registry.command"]
    # The root and the 50 parents were there before.
    assert commands - 51 >= sample["throughput"] * LOAD.seconds > 0
    assert rows == {
        "registry.command": commands,
        "registry.event": 2 * commands - 1,
        "organization": commands,
        "life": commands,
        "relation": commands - 1,
        "identifier": commands,
        # A society has a short name, too.
        "naming": 2 * commands - 51,
    }


def test_the_same_work_is_the_same_row_for_row_and_column_for_column(server: BenchServer) -> None:
    newest: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for name in ("ours", "pgbench-same-work"):
        contender = BY_NAME[name]
        with server.database("bench_test", contender.schema) as url:
            contender.measure(url, LOAD)
            newest[name] = asyncio.run(_newest(url))
    ours, theirs = newest["ours"], newest["pgbench-same-work"]
    assert {table: len(rows) for table, rows in ours.items()} == {
        "command": 1,
        "registry.event": 2,
        "organization": 1,
        "life": 1,
        "relation": 1,
        "identifier": 1,
        "naming": 2,
    }
    assert _shape(theirs) == _shape(ours)
    for one, other in zip(ours["registry.event"], theirs["registry.event"], strict=True):
        # A number of one digit more or less stands three times in it.
        assert abs(len(one["body"]) - len(other["body"])) <= 9


def test_the_bound_copies_every_row_of_its_commands_and_no_other(server: BenchServer) -> None:
    models = ("organization", "life", "relation", "identifier", "naming")
    tables = ("registry.command", "registry.event", *(f"projection_1.{model}" for model in models))
    sample, rows = _run(server, "copy-same-rows", tables)
    commands = rows["registry.command"]
    assert sample["throughput"] > 0
    # The root and the 50 parents are copied before, and batches are whole.
    assert commands > 51
    assert (commands - 51) % LOAD.in_flight == 0
    assert rows == {
        "registry.command": commands,
        "registry.event": 2 * commands - 1,
        "projection_1.organization": commands,
        "projection_1.life": commands,
        "projection_1.relation": commands - 1,
        "projection_1.identifier": commands,
        "projection_1.naming": 2 * commands - 51,
    }


async def test_what_ours_wrote_is_checked(database_url: str) -> None:
    mapper = MAPPER
    projections = await migrated(database_url, mapper)
    async with opened(database_url, mapper, projections) as committer:
        await establish_parents(committer)
    await check_written(database_url, projections, 1 + PARENTS)
    with pytest.raises(AssertionError, match="'events': 101"):
        await check_written(database_url, projections, 2 + PARENTS)


async def test_a_refusal_ends_the_run(database_url: str) -> None:
    mapper = MAPPER
    projections = await migrated(database_url, mapper)
    async with opened(database_url, mapper, projections) as committer:
        superior, *_ = await establish_parents(committer)
        with pytest.raises(ExceptionGroup) as caught:
            # The same code again and again.
            await press(lambda: committer.record(establishment(1, superior)), LOAD)
    assert caught.group_contains(Refusal, match="SOCIETY-1")


@pytest.mark.parametrize(
    ("name", "table"),
    [("pgbench-single-row", "registry.event"), ("eventsourcing", "bench_events"), ("logicblocks", "events")],
)
def test_an_event_store_records_one_event_a_command(server: BenchServer, name: str, table: str) -> None:
    if name == "logicblocks" and not LOGICBLOCKS.stands:
        # The benchmark makes its environment, which takes a network and a newer Python; tests do not.
        return
    present, _, _ = take_part([BY_NAME[name]])
    assert present
    sample, rows = _run(server, name, (table,))
    assert rows[table] >= sample["throughput"] * LOAD.seconds > 0
    assert sample["p50"] <= sample["p99"]


def test_a_failing_script_is_told_and_its_database_dropped(server: BenchServer) -> None:
    single = BY_NAME["pgbench-single-row"]
    assert isinstance(single, PgbenchContender)
    with (
        pytest.raises(RuntimeError, match=r'relation "registry\.event" does not exist'),
        server.database("bench_test") as url,
    ):
        single.measure(url, LOAD)
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        asyncio.run(_count(url, ()))


def test_a_contender_whose_packages_are_missing_is_left_out_with_a_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KEXIE_BENCH_PYTHON_EVENTSOURCING_RECORDER", "/bin/false")
    absent = BY_NAME["eventsourcing"]
    ghost = PythonContender("ghost", "nobody", (), "bench.append.ghost")
    present, _, missing = take_part([absent, ghost, BY_NAME["pgbench-single-row"]])
    assert [contender.name for contender in present] == ["pgbench-single-row"]
    assert "KEXIE_BENCH_PYTHON_EVENTSOURCING_RECORDER" in missing["eventsourcing"]
    assert "No module named 'bench.append.ghost'" in missing["ghost"]
