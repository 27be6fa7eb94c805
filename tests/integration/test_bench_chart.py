from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bench.chart.__main__ import check_same, questions
from bench.chart.client import UnexpectedAnswerError, ask, run
from bench.chart.processes import press, serving
from bench.chart.register import ORGANIZATIONS, Register, build
from bench.harness import OURS
from bench.load import Load
from tests.support.database import query

LOAD = Load(in_flight=4, seconds=0.5, warm_up=0.2)


async def _counts(url: str, register: Register) -> dict[str, object]:
    tables = ("organization", "organization_past", "relation", "relation_past")
    # The names are those of this file.
    return {name: await query(url, f"SELECT count(*) FROM {register.projections}.{name}") for name in tables}  # noqa: S608


@pytest.mark.slow
async def test_both_servers_give_the_same_chart_at_all_times_and_under_load(
    database_url: str, tmp_path: Path
) -> None:
    register = await build(database_url, rounds=2)
    # Two renames leave three periods; each rename and each correction ended one belief.
    assert await _counts(database_url, register) == {
        "organization": 3 * ORGANIZATIONS,
        "organization_past": 4 * ORGANIZATIONS,
        "relation": ORGANIZATIONS - 1,
        "relation_past": 0,
    }
    with (
        serving("ours", database_url, register.projections, tmp_path / "ours.log") as ours,
        serving("peer", database_url, register.projections, tmp_path / "peer.log") as peer,
    ):
        seen = set()
        for question in questions(register).values():
            await check_same(
                {OURS: ours, "peer": peer}, {OURS: question.to_ours(), "peer": question.to_peer()}
            )
            seen.add(await ask(peer, question.to_peer()))
        # The three cases are three answers: the past day and the past belief are not those of now.
        assert len(seen) == 3
        for port, request in ((ours, question.to_ours()), (peer, question.to_peer())):
            sample = await asyncio.to_thread(press, port, request, LOAD)
            assert sample["throughput"] > 0
            assert 0 < sample["p50"] <= sample["p99"]
        with pytest.raises(UnexpectedAnswerError, match="404"):
            await run(peer, b"GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n", LOAD)
    assert b"/graphql" in (tmp_path / "ours.log").read_bytes()


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    nowhere = f"postgresql://nobody@/nothing?host={tmp_path}"
    with (
        pytest.raises(RuntimeError, match="the server does not serve: "),
        serving("ours", nowhere, "projection_1", tmp_path / "ours.log"),
    ):
        pass
