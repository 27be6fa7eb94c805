"""Questions answered by a streaming replica: never older than is said, never less than was asked for."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator

import pytest
from graphql import GraphQLError

from graphql_api.doctor import examine
from graphql_api.planner.compiler import Statement
from graphql_api.reader import PoolReader, open_pool
from projections.rebuild import rebuild
from registry.store.connection import connect
from registry.store.postgres import EmbeddedPostgres
from tests.support.database import ask, query
from tests.support.people import NUMBER
from tests.support.sealing import MAPPER
from tests.support.sending import establish, new_id, record
from tests.support.serving import Answer, Client, Served
from tests.support.standby import (
    CLOSE,
    FAR,
    Standby,
    served_by_replica,
    standby_of,
    there_too,
    until,
    warnings_of,
)
from tests.support.witnessing import settings_of

_HEAD = "SELECT position FROM registry.head"
_POSITION = Statement("SELECT position::text FROM registry.head", [])
_RECORDED = "SELECT count(*) FROM registry.access WHERE '{}' = ANY (persons)"


def _name_of(client: Client, unit: str, position: object = None) -> Answer | None:
    headers = {} if position is None else {"kexie-min-position": str(position)}
    question = {"query": f'{{ organization(id: "{unit}") {{ name }} }}'}
    answer = client.http.post("/graphql", json=question, headers=headers).json()
    assert "errors" not in answer, answer
    found: Answer | None = answer["data"]["organization"]
    return found


def _establish(server: Served, name: str) -> tuple[str, int]:
    """Establish an organization whose answer reads it back, and return its id and its position."""
    unit = new_id()
    shown = "... on OrganizationRecorded { organization { name } }"
    given = {"organization": unit, "name": name, "kind": "SOCIETY"}
    written = record(server.administrator, "establishOrganization", shown, **given)
    assert written["organization"] == {"name": name}
    return unit, written["position"]


def test_the_replica_answers_and_whoever_names_a_position_sees_it(far: Served, standby: Standby) -> None:
    with standby.paused():
        unit, position = _establish(far, "新学会")
        assert _name_of(far.anybody, unit) is None, "the primary answered"
        assert _name_of(far.anybody, unit, position) == {"name": "新学会"}
        assert _name_of(far.anybody, unit) is None, "one request's position is not the next one's"
        assert not warnings_of(far)
    until(lambda: _name_of(far.anybody, unit) == {"name": "新学会"})


def test_a_question_waits_until_the_replica_has_replayed_its_position(far: Served, standby: Standby) -> None:
    with standby.paused():
        unit, position = _establish(far, "等待学会")
        later = threading.Timer(0.2, standby.resume)
        later.start()
        try:
            assert _name_of(far.anybody, unit, position) == {"name": "等待学会"}
        finally:
            later.join()


def test_a_replica_that_falls_behind_is_not_asked_until_it_has_caught_up(
    close: Served, standby: Standby
) -> None:
    with standby.paused():
        unit, _ = _establish(close, "落后学会")
        until(lambda: warnings_of(close))
        assert "behind" in warnings_of(close)[0]
        assert _name_of(close.anybody, unit) == {"name": "落后学会"}
    until(lambda: not warnings_of(close))
    assert _name_of(close.anybody, unit) == {"name": "落后学会"}


def test_somebody_erased_is_told_by_no_replica_beyond_its_bound(close: Served, standby: Standby) -> None:
    person = new_id()
    record(close.administrator, "registerPerson", person=person, name="欧阳晨曦", identityNumber=NUMBER)
    asked = f'{{ person(id: "{person}") {{ name identityNumber }} }}'
    until(lambda: close.administrator.data(asked)["person"] is not None)
    with standby.paused():
        record(
            close.administrator,
            "erasePerson",
            person=person,
            reason="本人申请",
            effectiveOn="2022-01-01",
        )
        until(lambda: warnings_of(close))
        told = close.administrator.post(asked).text
        assert "欧阳晨曦" not in told
        assert NUMBER not in told


@pytest.mark.usefixtures("forgetful")
def test_a_revoked_role_is_gone_at_once_however_far_the_replica_is_behind(
    far: Served, standby: Standby
) -> None:
    admin, asked, grant = far.administrator, "{ auditLog(first: 1) { totalCount } }", new_id()
    record(admin, "grantRole", grant=grant, principal="key:test viewer", role="AUDITOR")
    assert far.viewer.data(asked)
    with standby.paused():
        record(admin, "revokeRole", grant=grant)
        assert far.viewer.problem(asked)["extensions"]["code"] == "FORBIDDEN"


def test_who_read_what_is_recorded_although_the_replica_told_it(far: Served) -> None:
    person = new_id()
    admin = far.administrator
    record(admin, "registerPerson", person=person, name="某人", identityNumber=NUMBER)
    asked = f'{{ person(id: "{person}") {{ identityNumber }} }}'
    until(lambda: admin.data(asked)["person"])
    assert ask(far.database_url, _RECORDED.format(person))


async def test_statements_of_one_snapshot_see_one_register_while_the_replica_replays(
    far: Served, standby: Standby, database: str
) -> None:
    async with _reader(far, standby, database) as reader:
        async with reader.snapshot() as fetch:
            before = await fetch(_POSITION)
            _, position = await asyncio.to_thread(_establish, far, "期间学会")
            await asyncio.to_thread(until, lambda: ask(standby.url(database), _HEAD) == position)
            assert await fetch(_POSITION) == before
        assert await reader.fetch(_POSITION) == str(position)


async def test_what_stands_in_the_way_of_replay_is_ended_and_answered_by_the_primary(
    far: Served, standby: Standby, database: str
) -> None:
    await query(far.database_url, "CREATE TABLE public.beside AS SELECT 1 AS number")
    await asyncio.to_thread(
        until, lambda: ask(standby.url(database), "SELECT to_regclass('public.beside')::text")
    )
    await asyncio.to_thread(standby.impatient)
    beside = Statement("SELECT number::text FROM public.beside", [])
    async with _reader(far, standby, database) as reader:
        with pytest.raises(GraphQLError) as refused:  # noqa: PT012 - the error comes out of the snapshot
            async with reader.snapshot() as fetch:
                assert await fetch(beside) == "1"
                await query(far.database_url, "DROP TABLE public.beside")
                await asyncio.to_thread(until, lambda: not _is_there(standby.url(database)))
                await fetch(_POSITION)
        assert refused.value.extensions is not None
        assert refused.value.extensions["code"] == "UNAVAILABLE"


def _is_there(url: str) -> bool:
    return ask(url, "SELECT to_regclass('public.beside')::text") is not None


@contextlib.asynccontextmanager
async def _reader(server: Served, standby: Standby, database: str) -> AsyncIterator[PoolReader]:
    """Give what reads a database on the standby, and nothing else."""
    projections = str(await query(server.database_url, "SELECT projections FROM registry.head"))
    pool = await open_pool(standby.url(database), projections, 2, 10, lazy=True)
    try:
        yield PoolReader(pool, 10)
    finally:
        pool.terminate()


def test_a_new_set_of_projections_is_found_on_the_replica(far: Served, standby: Standby) -> None:
    async def rebuilt() -> None:
        connection = await connect(far.database_url)
        try:
            await rebuild(connection, MAPPER)
        finally:
            await connection.close()

    asyncio.run(rebuilt())
    unit, position = _establish(far, "重建学会")
    assert _name_of(far.anybody, unit, position) == {"name": "重建学会"}
    until(lambda: _name_of(far.anybody, unit) is not None)
    with standby.paused():
        other, _ = _establish(far, "其后学会")
        assert _name_of(far.anybody, other) is None, "the primary answered"


async def test_the_doctor_says_what_the_replica_is(
    postgres: EmbeddedPostgres, standby: Standby, database: str
) -> None:
    async def said(replica: str) -> tuple[str, bool]:
        settings = settings_of(
            database_url=postgres.url(database), replica_url=replica, replica_lag_seconds=CLOSE
        )
        *_, found = await examine(settings)
        return found.what, found.wrong

    assert await said(standby.url(database)) == ("the replica answers questions", False)
    what, wrong = await said(postgres.url(database))
    assert wrong
    assert "not that of a standby" in what


def test_the_primary_answers_when_the_replica_is_gone(postgres: EmbeddedPostgres, demo_template: str) -> None:
    with (
        standby_of(postgres) as standby,
        there_too(postgres, demo_template, standby) as database,
        served_by_replica(postgres.url(database), standby.url(database), FAR) as far,
    ):
        unit, position = _establish(far, "仍在学会")
        assert _name_of(far.anybody, unit, position)
        standby.kill()
        for _ in range(5):
            assert _name_of(far.anybody, unit) == {"name": "仍在学会"}
        until(lambda: warnings_of(far))
        assert far.anybody.http.get("/readyz").json()["status"] == "ready"
        late = establish(far.administrator, "其后学会", "SOCIETY")
        assert _name_of(far.anybody, late) == {"name": "其后学会"}
