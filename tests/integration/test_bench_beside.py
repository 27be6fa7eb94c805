"""What the benchmarks measure beside ours is what they say, and what they take out of ours is gone."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.append.ours import establish_parents, migrated, opened
from bench.cost.commands import COMMANDS
from bench.cost.stages import CYCLE, DECIDING, ENCODING, PROJECTIONS, SEALING, TREE, Stages
from bench.cost.without import WITHOUT
from bench.history import stock
from bench.history.peers import DATABASE, PREPARED, Seed, run_script
from bench.history.register import MEMBERS, Register, Size, build
from bench.history.work import works
from bench.kept import FOLDER_VARIABLE, KEY, Facts, Kept, copied, folder, keep
from bench.load import Load
from bench.server import BenchServer
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.connection import connect, lent
from registry.store.master import LocalMaster
from tests.support.database import query
from tests.support.sealing import MAPPER

_MODELS = ("organization", "life", "naming", "relation", "identifier")
_LOAD = Load(in_flight=2, seconds=0.3, warm_up=0.1)


@pytest.fixture(scope="module")
def server() -> Iterator[BenchServer]:
    with BenchServer() as running:
        yield running


async def _counts(url: str, projections: str) -> dict[str, int]:
    tables = {"event": "registry.event", "command": "registry.command"} | {
        f"{model}{past}": f"{projections}.{model}{past}" for model in _MODELS for past in ("", "_past")
    }
    async with lent(url) as connection:
        # The names are those above.
        return {
            name: await connection.fetchval(f"SELECT count(*) FROM {table}")  # noqa: S608 - a name of the test's own
            for name, table in tables.items()
        }


async def _added_by_ours(register: Register) -> dict[str, dict[str, int]]:
    """Return how many rows one command of each kind adds to each table."""
    found: dict[str, dict[str, int]] = {}
    async with opened(register.url, register.mapper, register.projections) as ours:
        work = works(register, ours, ours)
        for name, send in {"rename": work.old, "dissolve": work.at_once}.items():
            before = await _counts(register.url, register.projections)
            await send()
            after = await _counts(register.url, register.projections)
            found[name] = {table: after[table] - before[table] for table in before}
    return found


@pytest.mark.slow
def test_pgbench_adds_as_many_rows_to_every_table_as_a_command_of_ours(server: BenchServer) -> None:
    size, name = Size(societies=4, groups=40), "bench_seed"
    with server.database(name) as url:
        register = asyncio.run(build(url, MAPPER, size))
        seed = Seed(name, register.projections, size)
        with server.database("bench_ours", template=name) as other:
            ours = asyncio.run(_added_by_ours(register._replace(url=other)))
        assert ours["rename"]["organization_past"] == 1
        assert ours["dissolve"]["event"] == ours["dissolve"]["relation_past"] == MEMBERS + 1
        for script, added in ours.items():
            with server.database(DATABASE, PREPARED, name) as other:
                before = asyncio.run(_counts(other, seed.projections))
                result = run_script(server, other, seed, script, (2, 20))
                after = asyncio.run(_counts(other, seed.projections))
            assert result.commands > 0
            assert {table: after[table] - before[table] for table in before} == {
                table: 40 * rows for table, rows in added.items()
            }
        with server.database(DATABASE, PREPARED, name) as other:
            run_script(server, other, seed, "refused", (2, 40))
            refused = asyncio.run(
                query(other, "SELECT count(*) FROM registry.command WHERE outcome = 'refused'")
            )
        # Two of the forty of each connection.
        assert refused == 4


@pytest.mark.parametrize(("work", "events"), [("old", 1), ("many", MEMBERS + 1), ("refused", 1)])
@pytest.mark.slow
def test_the_stock_recorder_does_what_is_said_of_it(server: BenchServer, work: str, events: int) -> None:
    run = {"old": stock.old, "many": stock.many, "refused": stock.refused}[work]
    with server.database("bench_test") as url:
        result = asyncio.run(run(url, _LOAD))
        recorded = asyncio.run(query(url, "SELECT count(*) FROM bench_events"))
        longer = asyncio.run(query(url, "SELECT count(*) FROM bench_events WHERE originator_version > 100"))
    assert isinstance(recorded, int)
    assert recorded >= 0.9 * events * result.commands > 0
    assert (longer != 0) is (work == "old")


async def _recorded(url: str, count: int) -> None:
    """Record people, of whom something is sealed."""
    mapper = EventMapper(EVENTS, LocalMaster([KEY]))
    projections = await migrated(url, mapper)
    async with opened(url, mapper, projections) as committer:
        commands = COMMANDS["registerPerson"](await establish_parents(committer))
        await asyncio.gather(*map(committer.record, itertools.islice(commands, count)))


_HASHED = "SELECT count(DISTINCT leaf_hash) FROM registry.event"
_KEYS = "SELECT count(*) FROM registry.person_key"


@pytest.mark.parametrize(
    ("without", "hashes", "keys"),
    [("without-tree", 1, 20), ("without-sealing", 121, 0), ("without-either", 1, 0)],
)
async def test_what_is_taken_out_is_gone(database_url: str, without: str, hashes: int, keys: int) -> None:
    with WITHOUT[without]():
        await _recorded(database_url, 20)
    # The root, the fifty parents with their places, and the people.
    assert await query(database_url, _HASHED) == hashes
    assert await query(database_url, _KEYS) == keys


async def test_every_stage_is_found_where_it_begins(database_url: str) -> None:
    with Stages() as stages:
        await _recorded(database_url, 20)
    shares = stages.shares()
    assert all(shares[stage] > 0 for stage in (CYCLE, DECIDING, ENCODING, PROJECTIONS, SEALING, TREE))
    assert sum(shares.values()) == pytest.approx(100)


def test_a_register_is_written_once_and_copied_each_time(
    server: BenchServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    older = tmp_path / "of-another-program"
    older.mkdir()
    (older / "city.json").write_text("{}", encoding="utf-8")
    written: list[str] = []

    async def write(url: str) -> Facts:
        written.append(url)
        connection = await connect(url)
        try:
            await connection.execute("CREATE TABLE told AS SELECT 7 AS number")
        finally:
            await connection.close()
        return {"number": 7}

    register = Kept("test", write)
    for _ in range(2):
        with copied(server, register) as copy:
            assert copy.facts == {"number": 7}
            assert asyncio.run(query(copy.url, "DELETE FROM told RETURNING number")) == 7
    assert len(written) == 1
    assert not older.exists()
    (folder() / "test.json").unlink()
    # It was not finished: it is written anew.
    assert keep(server, register) == {"number": 7}
    assert len(written) == 2
