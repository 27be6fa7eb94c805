"""What was decided in a snapshot is recorded as it is, as long as nobody else records anything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from graphql_api.imports.foreseeing import Foresight
from graphql_api.imports.outcome import State
from graphql_api.imports.progress import Progress
from graphql_api.imports.saying import Intent
from registry.answers import Accepted
from registry.commands import Command
from registry.errors import Code, Refusal
from registry.events import Recorded
from registry.organization.kinds import Kind
from registry.settlement import settle
from tests.support.committing import fresh
from tests.support.dalian import CITY, OFFICE, established
from tests.support.desk import Desk
from tests.support.importing import DISTRICT, Bench, changed, errors, open_bench, table, workbook

TODAY = date(2026, 6, 1)
OTHER = replace(established(CITY, "市科协", Kind.ASSOCIATION), actor="clerk", code="CITY")


@pytest.fixture
async def bench(database_url: str) -> AsyncIterator[Bench]:
    async with open_bench(database_url) as opened:
        yield opened


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> list[Command]:
    """Give the commands that committers decide, one after another."""
    commands: list[Command] = []

    def noted(world: Any, command: Command, *more: Any) -> Any:  # noqa: ANN401 - as ``settle`` has them
        commands.append(command)
        return settle(world, command, *more)

    monkeypatch.setattr("registry.store.batch.settle", noted)
    return commands


class Clerk:
    """Records something of his own when the import is about to send its command of a number."""

    def __init__(self, at: int, command: Command = OTHER) -> None:
        self._left = at
        self._command = command
        self.answer: asyncio.Future[Accepted] | None = None

    def beside(self, desk: Desk) -> None:
        self._left -= 1
        if self._left == 0:
            self.answer = desk.committer.submit(self._command)


def said(records: list[Recorded]) -> set[tuple[object, ...]]:
    """Return what stands in the log, without where and when."""
    return {(r.originator_id, r.originator_version, r.event, r.actor, r.command_id) for r in records}


def shown(tables: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[list[Any]]]:
    """Return the rows of the read models, without when they were recorded."""
    return {
        name: sorted(([c for c in row if not c[0].startswith("recorded")] for row in rows), key=str)
        for name, rows in tables.items()
    }


async def test_what_was_decided_in_a_snapshot_comes_to_the_same_without_a_second_decision(
    bench: Bench, another_url: str, settled: list[Command]
) -> None:
    first = await bench.take(workbook(DISTRICT))
    assert (first.state, settled) == (State.RECORDED, [])
    async with open_bench(another_url) as other:

        async def again(command: Command) -> Accepted:
            return await other.desk.committer.record(command)

        async with open_bench(another_url, again) as deciding:
            second = await deciding.take(workbook(DISTRICT))
        # One that asks for more is decided again until it has all of it.
        assert len({command.command_id for command in settled}) == second.commands == first.commands
        ours, theirs = await bench.desk.log(), await other.desk.log()
        assert [replace(r, recorded_at=theirs[0].recorded_at) for r in ours] == [
            replace(r, recorded_at=theirs[0].recorded_at) for r in theirs
        ]
        assert shown(await bench.desk.tables()) == shown(await other.desk.tables())


async def test_a_file_with_errors_leaves_no_gap_that_would_have_the_rest_decided_again(
    bench: Bench, settled: list[Command]
) -> None:
    outcome = await bench.take(workbook(changed("组织", 5, "上级代码", "NOBODY")), skip_errors=True)
    assert outcome.state is State.RECORDED
    assert outcome.skipped > 0
    assert settled == []
    # An amendment has the position of what it amends, and a version that is not the first.
    again = await bench.take(workbook(changed("人员", 4, "姓名", "张伟伟")))
    assert (again.state, errors(again)) == (State.RECORDED, {})
    assert settled == []


async def test_an_import_is_taken_back_without_a_second_decision(
    bench: Bench, settled: list[Command]
) -> None:
    outcome = await bench.take(workbook(DISTRICT))
    back = await bench.importer.reverse(outcome.import_id, "tester", TODAY, Progress())
    assert (back.state, settled) == (State.REVERSED, [])
    assert not (await bench.desk.tables())["membership"]


@pytest.mark.parametrize("at", [1, 20, 60])
async def test_from_where_somebody_records_something_beside_all_is_decided_again(
    bench: Bench, another_url: str, settled: list[Command], at: int
) -> None:
    await bench.take(workbook(DISTRICT))
    clerk = Clerk(at)
    async with open_bench(another_url, before=clerk.beside) as other:
        outcome = await other.take(workbook(DISTRICT))
        assert outcome.state is State.RECORDED
        assert clerk.answer is not None
        assert (await clerk.answer).first_position is not None
        assert OTHER in settled
        assert len(settled) > 1
        log = await other.desk.log()
        assert [r.position for r in log] == list(range(1, len(log) + 1))
        beside = {r for r in said(log) if r[3] == "clerk"}
        assert said(log) - beside == said(await bench.desk.log())


async def test_what_somebody_took_beside_is_refused_late(database_url: str) -> None:
    clerk = Clerk(1, replace(OTHER, code="XH-03"))
    async with open_bench(database_url, before=clerk.beside) as bench:
        stopped = await bench.take(workbook(DISTRICT))
        assert stopped.state is State.STOPPED
        assert "IDENTIFIER_TAKEN" in errors(stopped).values()
        assert clerk.answer is not None
        assert (await clerk.answer).first_position is not None


async def test_another_log_that_grew_to_the_same_length_is_not_the_one_it_was_decided_in(
    bench: Bench, another_url: str, settled: list[Command]
) -> None:
    """As after a failover that lost the last commits, where others were recorded in their place."""
    lost = fresh(established(CITY, "市科协", Kind.ASSOCIATION), code="CITY")
    async with open_bench(another_url) as other:
        ours = await bench.desk.committer.record(lost)
        theirs = await other.desk.committer.record(replace(lost, command_id=uuid4(), code="XH-03"))
        assert ours.last_position == theirs.last_position
        command = fresh(established(OFFICE, "中山区学会", Kind.SOCIETY), code="XH-03")
        async with bench.stager.open() as stage:
            foregone = await stage.suppose(command)
        settled.clear()
        # Where the log is the one it was decided in, it is recorded as it is.
        assert (await bench.desk.committer.submit(command, foregone)).last_position is not None
        assert settled == []
        with pytest.raises(Refusal) as refusal:
            await other.desk.committer.submit(command, foregone)
        assert refusal.value.code is Code.IDENTIFIER_TAKEN
        assert settled[-1] == command


async def test_what_was_foreseen_of_a_row_is_what_it_comes_to_in_its_turn(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    foresee, found = Foresight.foresee, Foresight.found
    now: dict[int, Callable[[], list[Intent]]] = {}
    kept: list[bool] = []

    async def noting(self: Foresight, stage: Any, look: Any, steps: Any, rows: Any) -> None:  # noqa: ANN401 - each is handed on as it comes
        now.clear()
        for number, (step, row) in enumerate(zip(steps, rows, strict=True)):
            now[number] = partial(step.planner, row, look)
        await foresee(self, stage, look, steps, rows)

    def comparing(self: Foresight, number: int) -> list[Intent] | None:
        known = found(self, number)
        kept.append(known is not None)
        assert known is None or known == now[number]()
        return known

    monkeypatch.setattr(Foresight, "foresee", noting)
    monkeypatch.setattr(Foresight, "found", comparing)
    people: list[list[object]] = [["代码", "姓名", "生效日期"]]
    people += [[f"N{n}", f"人{n}", "2001-01-01"] for n in range(5)]
    people += [["N3", "人三", "2005-01-01"], ["N4", "人四", "2001-01-01"]]
    await bench.take(table(people), "people.csv", skip_errors=True)
    assert (await bench.take(workbook(DISTRICT))).state is State.RECORDED
    assert (await bench.take(workbook(changed("会员", 5, "会员号", "77")))).state is State.RECORDED
    assert True in kept
    assert False in kept
