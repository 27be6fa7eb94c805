"""How often an import asks the database: once for many rows, however many things hang together."""

from __future__ import annotations

from datetime import date
from typing import Any

import asyncpg
import pytest

from graphql_api.imports.outcome import Outcome, State
from graphql_api.imports.progress import Progress
from tests.support.importing import Sheets, errors, open_bench, workbook

TODAY = date(2026, 6, 1)
FEW, MANY = 30, 1_200

TERMS = ["代码", "机构代码", "届数", "计划届满日期", "生效日期", "终止日期"]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the statements that are sent over whatever connection is opened from here on."""
    statements: list[str] = []
    opening = asyncpg.connect

    async def noting(*arguments: Any, **options: Any) -> asyncpg.Connection[Any]:  # noqa: ANN401 - handed on as they come
        connection: asyncpg.Connection[Any] = await opening(*arguments, **options)
        connection.add_query_logger(lambda query: statements.append(query.query))
        return connection

    monkeypatch.setattr(asyncpg, "connect", noting)
    return statements


def seated(count: int) -> Sheets:
    """Return a committee in whose first term so many people sit."""
    return {
        "组织": [["代码", "名称", "类别", "生效日期"], ["XH", "化学会", "学会", "1990-06"]],
        "人员": [["代码", "姓名", "生效日期"], *([f"P{n}", f"委员{n}", "2000-01-01"] for n in range(count))],
        "职务": [["代码", "组织代码", "职务", "选任", "生效日期"], ["J", "XH", "委员", "是", "2000-01-01"]],
        "届次": [TERMS, ["T", "XH", 1, "2005-01-01", "2000-01-01", None]],
        "任职": [
            ["人员代码", "职务代码", "届次代码", "任职方式", "任职依据", "生效日期"],
            *([f"P{n}", "J", "T", "兼职", "选举", "2000-01-01"] for n in range(count)),
        ],
    }


ENDING: Sheets = {"届次": [TERMS, ["T", "XH", 1, "2005-01-01", "2000-01-01", "2005-03-01"]]}


async def take(url: str, sheets: Sheets) -> Outcome:
    """Import a file in a process of its own, which has nothing in memory."""
    async with open_bench(url) as bench:
        outcome = await bench.take(workbook(sheets))
    assert (outcome.state, errors(outcome)) == (State.RECORDED, {})
    return outcome


async def asked(url: str, sent: list[str], sheets: Sheets) -> int:
    """Return how often it is asked to decide what a file comes to, of which nothing is recorded."""
    async with open_bench(url) as bench:
        sent.clear()
        outcome = await bench.take(workbook(sheets), dry_run=True)
    assert (outcome.state, errors(outcome)) == (State.DECIDED, {})
    return len(sent)


async def asked_back(url: str, sent: list[str], taken: Outcome) -> int:
    """Return how often it is asked to decide that an import is taken back, with nothing in memory."""
    async with open_bench(url) as bench:
        sent.clear()
        outcome = await bench.importer.reverse(taken.import_id, "tester", TODAY, Progress(), dry_run=True)
    assert (outcome.state, errors(outcome)) == (State.DECIDED, {})
    return len(sent)


async def test_a_term_is_ended_and_opened_again_by_few_statements_however_many_sit(
    database_url: str, another_url: str, sent: list[str]
) -> None:
    counts = []
    for url, sitting in ((database_url, FEW), (another_url, MANY)):
        await take(url, seated(sitting))
        ending = await asked(url, sent, ENDING)
        ended = await take(url, ENDING)
        assert ended.last_position is not None
        assert ended.first_position is not None
        # The end of the term, and the end of each appointment for it.
        assert ended.last_position - ended.first_position == sitting
        counts.append((ending, await asked_back(url, sent, ended)))
    # Whatever else runs in the process asks now and then, too.
    few, many = counts
    assert max(many[0] - few[0], many[1] - few[1]) < MANY // 20


async def test_an_import_is_taken_back_by_as_many_statements_however_many_rows_it_had(
    database_url: str, another_url: str, sent: list[str]
) -> None:
    few = await asked_back(database_url, sent, await take(database_url, seated(FEW)))
    many = await asked_back(another_url, sent, await take(another_url, seated(MANY)))
    # A page of 500 acts is read with what all of them ask: five statements for each of five pages. Whatever
    # else runs in the process asks now and then, too.
    assert many - few <= 5 * 5 + MANY // 20
