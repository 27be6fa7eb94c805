"""Imports that are refused late, killed, run twice at once or taken back: nothing is lost or doubled."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from graphql_api.imports.outcome import State
from graphql_api.imports.progress import Progress
from registry.answers import Accepted
from registry.commands import Command
from registry.errors import Code, Refusal
from tests.support.importing import (
    DISTRICT,
    Bench,
    errors,
    open_bench,
    table,
    workbook,
)

TODAY = date(2026, 6, 1)


@pytest.fixture
async def bench(database_url: str) -> AsyncIterator[Bench]:
    async with open_bench(database_url) as opened:
        yield opened


class Meddler:
    """Lets somebody else change the register in the middle of an import."""

    def __init__(self, bench: Bench, after: int, *, crash: bool = False) -> None:
        self._bench = bench
        self._left = after
        self._crash = crash

    async def record(self, command: Command) -> Accepted:
        self._left -= 1
        if self._left < 0 and self._crash:
            raise ConnectionError
        if self._left == 0:
            raise Refusal(Code.NOT_ALIVE, id=command.command_id, date=TODAY)
        return await self._bench.desk.committer.record(command)


async def test_a_late_refusal_stops_the_import_and_the_same_file_goes_on(
    bench: Bench, database_url: str
) -> None:
    meddler = Meddler(bench, 30)
    async with open_bench(database_url, meddler.record) as other:
        stopped = await other.take(workbook(DISTRICT))
    assert stopped.state is State.STOPPED
    assert set(errors(stopped).values()) >= {"NOT_ALIVE"}
    assert 0 < stopped.recorded < stopped.commands
    finished = await bench.take(workbook(DISTRICT))
    assert (finished.state, errors(finished)) == (State.RECORDED, {})
    assert finished.import_id == stopped.import_id
    assert finished.recorded == finished.commands == stopped.commands - stopped.recorded
    assert (await bench.take(workbook(DISTRICT))).state is State.UNCHANGED


async def test_a_lost_connection_loses_and_doubles_nothing(bench: Bench, database_url: str) -> None:
    meddler = Meddler(bench, 30, crash=True)
    async with open_bench(database_url, meddler.record) as other:
        with pytest.raises(ConnectionError):
            await other.take(workbook(DISTRICT))
    position = len(await bench.desk.log())
    assert position > 0
    finished = await bench.take(workbook(DISTRICT))
    assert (finished.state, errors(finished)) == (State.RECORDED, {})
    whole = await bench.topics()
    assert whole.count("organization.established") == 9
    assert whole.count("person.registered") == 14
    assert (await bench.take(workbook(DISTRICT))).state is State.UNCHANGED


async def test_everything_of_an_import_is_taken_back_as_one_act(bench: Bench, database_url: str) -> None:
    meddler = Meddler(bench, 30)
    async with open_bench(database_url, meddler.record) as other:
        await other.take(workbook(DISTRICT))
    outcome = await bench.take(workbook(DISTRICT))
    await bench.take(table([["代码", "姓名", "生效日期"], ["X", "周明", "2000-01-01"]]), "people.csv")
    dry = await bench.importer.reverse(outcome.import_id, "tester", TODAY, Progress(), dry_run=True)
    assert dry.state is State.DECIDED
    back = await bench.importer.reverse(outcome.import_id, "tester", TODAY, Progress())
    assert (back.state, errors(back)) == (State.REVERSED, {})
    tables = await bench.desk.tables()
    assert not tables["organization"]
    assert not tables["membership"]
    assert len(tables["person"]) == 1
    again = await bench.importer.reverse(outcome.import_id, "tester", TODAY, Progress())
    assert again.state is State.UNCHANGED
    assert (await bench.take(workbook(DISTRICT))).state is State.RECORDED


async def test_what_others_built_on_an_import_keeps_it_from_being_taken_back(bench: Bench) -> None:
    people = await bench.take(
        table([["代码", "姓名", "生效日期"], ["P", "周明", "2000-01-01"]]), "people.csv"
    )
    rows = {
        "组织": [["代码", "名称", "类别", "生效日期"], ["S", "化学会", "学会", "1990"]],
        "会员": [["组织代码", "会员代码", "会员类别", "生效日期"], ["S", "P", "个人会员", "2001-01-01"]],
    }
    assert (await bench.take(workbook(rows))).state is State.RECORDED
    before = await bench.desk.tables()
    back = await bench.importer.reverse(people.import_id, "tester", TODAY, Progress())
    assert back.state is State.REFUSED
    assert {error["code"] for error in back.told["errors"]} == {"DANGLING"}
    assert await bench.desk.tables() == before


async def test_two_importers_at_once_double_nothing(bench: Bench, database_url: str) -> None:
    people = [["代码", "姓名", "生效日期"], *([f"P{n}", f"会员{n}", "2000-01-01"] for n in range(300))]
    async with open_bench(database_url) as other:
        outcomes = await asyncio.gather(
            bench.take(table(people), "people.csv"), other.take(table(people), "people.csv")
        )
    assert {outcome.state for outcome in outcomes} <= {State.RECORDED, State.STOPPED, State.UNCHANGED}
    assert (await bench.take(table(people), "people.csv")).state in {State.RECORDED, State.UNCHANGED}
    tables = await bench.desk.tables()
    assert len({dict(row)["id"] for row in tables["person"]}) == len(tables["person"]) == 300


async def test_an_import_that_is_killed_goes_on_where_it_was(
    bench: Bench, database_url: str, tmp_path: Path
) -> None:
    count = 2_000
    people = [["代码", "姓名", "生效日期"], *([f"P{n}", f"会员{n}", "2000-01-01"] for n in range(count))]
    file = tmp_path / "people.csv"
    file.write_bytes(table(people))
    command = [sys.executable, "-m", "graphql_api.cli", "import", str(file), "--database-url", database_url]
    process = await asyncio.create_subprocess_exec(*command, "--data-dir", str(tmp_path / "data"))
    while (await bench.desk.connection.fetchval("SELECT position FROM registry.head")) < 300:
        assert process.returncode is None, "it was done before it could be killed"
        await asyncio.sleep(0.01)
    process.kill()
    await process.wait()
    recorded = await bench.desk.connection.fetchval("SELECT position FROM registry.head")
    assert 0 < recorded < count
    again = await asyncio.create_subprocess_exec(
        *command, "--data-dir", str(tmp_path / "data"), "--json", "-", stdout=asyncio.subprocess.PIPE
    )
    told = json.loads((await again.communicate())[0])
    assert (told["state"], told["recorded"]) == ("RECORDED", count - recorded)
    assert await bench.desk.connection.fetchval("SELECT position FROM registry.head") == count
    back = await bench.importer.reverse(UUID(told["importId"]), "tester", TODAY, Progress())
    assert (back.state, back.recorded) == (State.REVERSED, count)
