"""The benchmark of reading runs on a village, and all contenders give the same answers there."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from bench.harness import OURS
from bench.hostile.slow import slow_readers
from bench.load import Load
from bench.read import audit
from bench.read.__main__ import check_same, contestants, token_of
from bench.read.asking import questions
from bench.read.bare import statement
from bench.read.city import city
from bench.read.client import UnexpectedAnswerError, run
from bench.read.peers import installed
from bench.read.processes import press, serving
from bench.read.questions import BARE, POSTGRAPHILE, STRAWBERRY, Question
from bench.read.register import CHANGES, ORGANIZATIONS
from bench.reports.scale import QUICK
from tests.support.database import query

LOAD = Load(in_flight=2, seconds=0.2, warm_up=0.0)

VILLAGE = QUICK._replace(people=900, memberships=2_700, grassroots=20, mandates=10, secondments=8)
"""Every question has an answer there, and a hundred members of one society are found."""

_FEW_ROWS = """
SELECT count(*) FROM (
    SELECT id FROM {schema}.organization GROUP BY id HAVING count(*) < 11
) AS few
"""


@pytest.mark.slow
async def test_every_contender_gives_the_same_answer_to_every_question(
    database_url: str, tmp_path: Path
) -> None:
    loaded, code = await city(database_url, VILLAGE)
    # Two departments that were dissolved, and the two that came after them.
    assert await query(database_url, _FEW_ROWS.format(schema=loaded.projections)) == 4
    asked = list(questions(loaded, code))
    wanted = {BARE, STRAWBERRY, POSTGRAPHILE}
    answers = {}
    async with contestants(tmp_path, database_url, loaded.projections, wanted) as contenders:
        assert contenders.keys() == {OURS, BARE, STRAWBERRY, *([] if installed() else [POSTGRAPHILE])}
        for question in asked:
            taking_part = {name: contenders[name] for name in (OURS, *question.peers) if name in contenders}
            answers[question.name] = await check_same(question, taking_part)
        audit_page = await check_same(
            Question("audit page", "audit", "audit", ("actor", "bench")),
            {name: contenders[name] for name in (OURS, BARE)},
        )
        page = next(question for question in asked if question.statement == "one")
        for one in contenders.values():
            sample = await asyncio.to_thread(press, one.port, one.request(page), LOAD, 2)
            assert sample["throughput"] > 0
            assert 0 < sample["p50"] <= sample["p99"]
            assert 0 < sample["client"] < 1.5
        with slow_readers(contenders[OURS].port, await token_of(database_url, "slow")):
            ours = contenders[OURS]
            sample = await asyncio.to_thread(press, ours.port, ours.request(page), LOAD, 2)
        assert sample["throughput"] > 0, "whoever reads is answered although others follow and do not read"
        with pytest.raises(UnexpectedAnswerError, match="404"):
            await run(contenders[BARE].port, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", LOAD)
    charts = [
        answers[question.name]["orgChart"]["nodes"] for question in asked if question.statement == "chart"
    ]
    assert {len(nodes) for nodes in charts} == {ORGANIZATIONS}
    # The past day and the past belief are not those of now.
    assert all(charts[0] != nodes for nodes in charts[1:])
    found = answers["one organization"]["organization"]
    assert {one["hierarchy"] for one in found["superiors"]} == {"SUPERVISES", "COVERS"}
    assert [post["title"] for post in found["posts"]] == ["PRESIDENT", "VICE_PRESIDENT", "SECRETARY_GENERAL"]
    listed = [int(event["position"]) for event in audit_page["auditLog"]["nodes"]]
    assert listed == list(range(listed[0], listed[0] - 50, -1))
    assert len(answers["100 members"]["memberships"]["nodes"]) == 100
    assert len(answers[f"history of {CHANGES} changes"]["organization"]["history"]) > CHANGES


async def test_a_long_log_is_paged_through_by_actor(database_url: str) -> None:
    projections = await audit.write(database_url, 10_000)
    sql, used = statement("audit", projections, known=False)
    assert used == (3,)
    text = str(await query(database_url, sql.replace("$1", f"'{audit.ACTOR}'")))
    events = json.loads(text)["data"]["auditLog"]["nodes"]
    positions = [int(event["position"]) for event in events]
    assert positions == list(range(9_907, 5_000, -100))


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    nowhere = f"postgresql://nobody@/nothing?host={tmp_path}"
    with (
        pytest.raises(RuntimeError, match="the server does not serve: "),
        serving("bare", nowhere, "projection_1", tmp_path / "bare.log"),
    ):
        pass
