"""The benchmarks of the write path and of replay run, and what they measure was done."""

from __future__ import annotations

import hashlib
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from bench.append.environments import Environment, EnvironmentMissingError
from bench.append.ours import PARENTS, opened
from bench.history.pressing import press_count
from bench.history.register import EVENTS, Size, build
from bench.history.work import works
from bench.load import Load
from bench.overload.__main__ import flood
from bench.read.client import UnexpectedAnswerError
from bench.replay.__main__ import CASES, read_once
from bench.replay.contenders import Written
from bench.reports.first import mapper, write
from bench.reports.scale import QUICK
from bench.served.__main__ import over_http
from bench.served.client import check
from bench.served.direct import run as run_direct
from bench.server import BenchServer
from registry.codes import Code
from registry.store.committer import DEFAULT_LIMITS
from registry.store.connection import lent
from tests.support.database import query
from tests.support.sealing import MAPPER

IN_FLIGHT = 8
LOAD = Load(in_flight=4, seconds=0.5, warm_up=0.3)


@pytest.fixture(scope="module")
def server() -> Iterator[BenchServer]:
    with BenchServer() as running:
        yield running


async def test_every_kind_of_work_is_carried_out_or_refused_as_it_must_be(database_url: str) -> None:
    register = await build(database_url, MAPPER, Size(societies=3, groups=4))
    lengths = await _lengths(database_url)
    assert [lengths[one] for one in (*register.old, *register.fresh)] == [EVENTS] * 3 + [2] * 3
    at = (database_url, MAPPER, register.projections)
    async with opened(*at) as ours, opened(*at, DEFAULT_LIMITS._replace(cached_events=1)) as forgetful:
        work = works(register, ours, forgetful)
        for send in (work.plain, work.old, work.old_unknown, work.fresh, work.at_once, work.one_by_one):
            sample = await press_count(send, 1, IN_FLIGHT)
            assert sample["throughput"] > 0
        before = sum((await _lengths(database_url)).values())
        await press_count(work.mixed, 80, IN_FLIGHT)
    # One of ten more warms up, and 84 of the 88 establish and place an organization.
    assert work.refusals == {Code.VERSION_CONFLICT: 2, Code.IDENTIFIER_TAKEN: 3}
    after = await _lengths(database_url)
    assert sum(after.values()) - before == 2 * (88 - 5)
    # Two groups were taken by each contender, one to warm up; each member moved once.
    assert [after[group.id] for group in register.groups] == [3] * 4
    assert [after[member] for group in register.groups for member in group.members] == [3] * 40
    assert sum(after[one] - EVENTS for one in register.old) == 4


async def _lengths(url: str) -> dict[UUID, int]:
    async with lent(url) as connection:
        rows = await connection.fetch(
            "SELECT stream_id, max(version) AS length FROM registry.event GROUP BY 1"
        )
    return {row["stream_id"]: row["length"] for row in rows}


@pytest.mark.slow
async def test_the_whole_log_is_read_by_everybody(database_url: str) -> None:
    log = Written(database_url, await write(database_url, QUICK, 1_500), mapper())
    assert log.events == 1_500
    for readings in CASES.values():
        for reading in readings:
            assert (await read_once(log, reading))["throughput"] > 0
    short = log._replace(events=1_499)
    with pytest.raises(AssertionError, match="1500 of 1499"):
        await read_once(short, CASES["in order"][0])


@pytest.mark.slow
def test_mutations_are_recorded_over_http(server: BenchServer) -> None:
    sample = over_http(server, LOAD)
    assert sample["processor"] > 0
    assert 0 < sample["p50"] <= sample["p99"]


async def test_the_same_commands_are_recorded_in_process(database_url: str) -> None:
    sample = await run_direct(database_url, LOAD)
    assert sample["processor"] > 0
    commands = await query(database_url, "SELECT count(*) FROM registry.command")
    assert commands == 1 + PARENTS + sample["recorded"]


@pytest.mark.parametrize(
    "body",
    [
        b'{"errors": [{"message": "no"}], "data": null}',
        b'{"data": {"establishOrganization": {"__typename": "Refused", "code": "IDENTIFIER_TAKEN"}}}',
    ],
)
def test_an_answer_that_records_nothing_ends_the_run(body: bytes) -> None:
    check(b'{"data": {"establishOrganization": {"position": "7"}}}')
    with pytest.raises(UnexpectedAnswerError):
        check(body)


@pytest.mark.slow
def test_a_flood_is_recorded_up_to_the_bound_and_refused_beyond_it(server: BenchServer) -> None:
    with server.database("bench_test") as url:
        found = flood(url, 100, 10)
    assert found["recorded"] >= 100
    assert found["refused"] > 0
    assert found["recorded"] + found["refused"] == 1_000
    assert found["refusal"] > 0
    assert found["memory"] >= 0


def test_an_environment_that_cannot_be_made_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "wanted.lock"
    lock.write_text(f"nothing-of-the-kind==1 --hash=sha256:{secrets.token_hex(32)}\n", encoding="ascii")
    with pytest.raises(EnvironmentMissingError, match=r"no Python 3\.99 or newer"):
        Environment(lock, 99, tmp_path / "never").make()
    # A Python that says yes to everything and makes nothing.
    monkeypatch.setattr(sys, "executable", "/bin/true")
    environment = Environment(lock, 11, tmp_path / "made")
    with pytest.raises(EnvironmentMissingError, match="cannot be installed"):
        environment.make()
    assert not environment.stands


def test_an_environment_stands_as_long_as_its_lock_is_what_it_was_made_from(tmp_path: Path) -> None:
    lock, folder = tmp_path / "wanted.lock", tmp_path / "made"
    lock.write_text("# nothing\n", encoding="ascii")
    folder.mkdir()
    environment = Environment(lock, 11, folder)
    assert not environment.stands
    (folder / ".made").write_text(hashlib.sha256(lock.read_bytes()).hexdigest(), encoding="ascii")
    assert environment.make() == folder / "bin" / "python"
    lock.write_text("# nothing at all\n", encoding="ascii")
    assert not environment.stands
