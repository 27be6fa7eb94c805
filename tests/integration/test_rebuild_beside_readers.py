"""Who reads across a rebuild sees one set of tables, whole: never an empty, an old or a mixed one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest
from graphql import GraphQLError

from graphql_api.lending import Lender
from graphql_api.planner.compiler import Statement
from graphql_api.reader import PoolReader, Snapshots, open_pool
from projections.in_force import enter_in_force
from projections.inline import InlineProjections
from projections.rebuild import drop_retired, rebuild
from registry.answers import Preview
from registry.errors import Code, Refusal
from registry.organization.commands import EstablishOrganization
from registry.organization.kinds import Kind
from registry.router import draft
from registry.store.committer import Committer, Limits
from registry.store.connection import Connection, connect
from registry.store.previewer import Previewer
from registry.store.simulator import Fetch, Simulator
from tests.support.committing import MAPPER, Office, fresh, record, refused
from tests.support.dalian import established

_TOLD = Statement(
    "SELECT json_build_array(h.position, (SELECT count(*) FROM organization))::text FROM registry.head AS h",
    [],
)
"""How many events there are, and how many organizations: each event establishes one."""

_OTHER_VERSION = """
    UPDATE registry.projection SET fingerprint = 'of another version'
    WHERE name = (SELECT projections FROM registry.head)
"""


def association() -> EstablishOrganization:
    return fresh(established(uuid4(), "科协", Kind.ASSOCIATION))


async def rebuilt(office: Office, *, dropping: bool = False) -> None:
    """Rebuild, and drop what was in use before if that is wished."""
    connection = await connect(office.url)
    try:
        await rebuild(connection, MAPPER)
        if dropping:
            await drop_retired(connection, timedelta(0))
    finally:
        await connection.close()


@asynccontextmanager
async def pooled(office: Office, size: int = 2) -> AsyncIterator[Lender]:
    pool = await open_pool(office.url, office.projections, size, 10)
    try:
        yield pool
    finally:
        await pool.close()


@pytest.fixture
async def pool(office: Office) -> AsyncIterator[Lender]:
    async with pooled(office) as opened:
        yield opened


@pytest.mark.parametrize("dropping", [False, True])
async def test_a_prepared_statement_reads_the_tables_in_use(
    office: Office, committer: Committer, *, dropping: bool
) -> None:
    """One connection, so that each question is the same prepared statement as the one before."""
    async with pooled(office, 1) as pool:
        reader = PoolReader(pool, 10)
        for number in range(1, 4):
            await record(committer, association())
            assert await reader.fetch(_TOLD) == f"[{number}, {number}]"
            await rebuilt(office, dropping=dropping)
            assert await reader.fetch(_TOLD) == f"[{number}, {number}]"


async def test_a_snapshot_taken_before_the_change_keeps_its_tables(
    office: Office, committer: Committer, pool: Lender
) -> None:
    reader = PoolReader(pool, 10)
    await record(committer, association())
    async with reader.snapshot() as fetch:
        assert await fetch(_TOLD) == "[1, 1]"
        await rebuilt(office)
        await record(committer, association())
        assert await fetch(_TOLD) == "[1, 1]"
        assert await reader.fetch(_TOLD) == "[2, 2]"
    async with reader.snapshot() as fetch:
        assert await fetch(_TOLD) == "[2, 2]"


async def test_a_snapshot_whose_tables_are_dropped_before_it_reads_is_begun_anew(
    office: Office, committer: Committer, pool: Lender, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes between is slower than the time for which former tables are kept: here there is none."""
    enter, entered = enter_in_force, 0

    async def delayed(connection: Connection) -> bool:
        nonlocal entered
        told = await enter(connection)
        if not entered:
            entered += 1
            await record(committer, association())
            await rebuilt(office, dropping=True)
        return told

    monkeypatch.setattr("graphql_api.reader.enter_in_force", delayed)
    async with PoolReader(pool, 10).snapshot() as fetch:
        assert await fetch(_TOLD) == "[1, 1]"
    assert entered == 1


async def test_no_answer_lags_behind_or_is_mixed_under_load(office: Office) -> None:
    """Events and organizations are counted in every answer, while both grow and the tables change."""
    committer = await office.open(limits=Limits(batch=5))
    stop = asyncio.Event()
    acknowledged = 0
    answers: list[tuple[int, str | None]] = []

    async def write() -> None:
        nonlocal acknowledged
        while not stop.is_set():
            [answer] = await record(committer, association())
            acknowledged = max(acknowledged, answer.first_position or 0)

    async with pooled(office, 3) as pool:
        reader = PoolReader(pool, 10)

        async def read() -> None:
            while not stop.is_set():
                least = acknowledged
                answers.append((least, await reader.fetch(_TOLD)))
                async with reader.snapshot() as fetch:
                    answers.append((least, await fetch(_TOLD)))

        working = [asyncio.create_task(work) for work in (write(), write(), read(), read(), read())]
        for _ in range(4):
            await rebuilt(office, dropping=True)
        stop.set()
        await asyncio.gather(*working)
    assert len(answers) > 100
    for least, answer in answers:
        position, counted = (int(number) for number in (answer or "[0, -1]")[1:-1].split(","))
        assert position == counted
        assert position >= least


async def test_tables_of_another_version_are_not_read(
    office: Office, committer: Committer, pool: Lender
) -> None:
    await record(committer, association())
    reader = PoolReader(pool, 10)
    assert await reader.fetch(_TOLD) == "[1, 1]"
    await rebuilt(office)
    await office.fetch(_OTHER_VERSION)
    with pytest.raises(GraphQLError, match="another version"):
        await reader.fetch(_TOLD)
    with pytest.raises(GraphQLError, match="another version"):
        async with reader.snapshot():
            pass
    with pytest.raises(GraphQLError, match="another version"):
        await Snapshots(pool).fetch("SELECT count(*) FROM organization")


async def test_a_statement_that_names_no_table_of_ours_is_told_so(office: Office, pool: Lender) -> None:
    reader = PoolReader(pool, 10)
    for _ in range(2):
        with pytest.raises(asyncpg.UndefinedTableError, match="nowhere"):
            await reader.fetch(Statement("SELECT count(*)::text FROM nowhere", []))
        await rebuilt(office)


async def test_previews_and_simulations_go_over_to_the_new_tables(
    office: Office, committer: Committer, pool: Lender
) -> None:
    inline = InlineProjections(office.projections, MAPPER.master)
    previewer = Previewer(Snapshots(pool), MAPPER, inline, draft)
    simulator = Simulator(lambda: connect(office.url), MAPPER, inline, draft)
    count = (
        "SELECT json_build_array(count(*), (SELECT count(*) FROM {}.organization))::text FROM organization"
    )
    for number in range(1, 4):
        await record(committer, association())
        preview = await previewer.preview(association())
        assert isinstance(preview, Preview)
        assert preview.settlement.records[0].position == number + 1

        async def inquire(fetch: Fetch, schema: str) -> str | None:
            return await fetch(Statement(count.format(schema), []))

        simulated = await simulator.simulate([association()], inquire)
        assert simulated.answer == f"[{number + 1}, {number}]"
        await rebuilt(office, dropping=True)
    await office.fetch(_OTHER_VERSION)
    with pytest.raises(Refusal) as caught:
        await simulator.simulate([association()], None)
    refused(caught.value, Code.PROJECTIONS_MOVED)
