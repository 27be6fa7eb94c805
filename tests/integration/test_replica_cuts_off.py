"""What a replica ends in the middle is begun anew at the primary, if nothing of it has left yet."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager
from threading import Event, Thread
from typing import Any

import httpx2
import pytest

from graphql_api import snapshot as module
from graphql_api.context import Fetch
from graphql_api.reader import PoolReader
from tests.support.copying import snapshot
from tests.support.database import ask
from tests.support.serving import Served
from tests.support.standby import Standby, until

_PATIENCE_SECONDS = 60.0


class _Held:
    """Reads of the replica that stand still in the middle until something has fallen in between."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._begun, self._go = Event(), Event()
        self._taken = False
        rows, lent = PoolReader.rows, PoolReader.snapshot
        held = self

        async def held_rows(reader: PoolReader, *asked: Any) -> AsyncGenerator[str, None]:  # noqa: ANN401 - handed on as they are
            async with contextlib.aclosing(rows(reader, *asked)) as texts:
                async for text in texts:
                    yield text
                    await held.hold()

        @asynccontextmanager
        async def held_snapshot(reader: PoolReader) -> AsyncIterator[Fetch]:
            async with lent(reader) as fetch:

                async def then(statement: Any) -> str | None:  # noqa: ANN401 - handed on as it is
                    found = await fetch(statement)
                    await held.hold()
                    return found

                yield then

        monkeypatch.setattr(PoolReader, "rows", held_rows)
        monkeypatch.setattr(PoolReader, "snapshot", held_snapshot)

    async def hold(self) -> None:
        """Stand still, the first time."""
        if not self._taken:
            self._taken = True
            self._begun.set()
            assert await asyncio.to_thread(self._go.wait, _PATIENCE_SECONDS)

    @contextlib.contextmanager
    def cut_off(self, server: Served, standby: Standby) -> Iterator[None]:
        """Let a conflict with recovery fall into what the context reads."""
        falling = Thread(target=self._fall, args=(server, standby))
        falling.start()
        try:
            yield
        finally:
            falling.join()

    def _fall(self, server: Served, standby: Standby) -> None:
        try:
            assert self._begun.wait(_PATIENCE_SECONDS)
            schema = ask(server.database_url, "SELECT projections FROM registry.head")
            for table_of in ("registry.head", f'"{schema}".organization', f'"{schema}".rule'):
                _locked(server.database_url, table_of)
            behind = ask(server.database_url, "SELECT pg_current_wal_insert_lsn()::text")
            replayed = f"SELECT pg_last_wal_replay_lsn() >= '{behind}'"
            until(lambda: ask(standby.url("postgres"), replayed))
        finally:
            self._go.set()


def _locked(url: str, table_of: str) -> None:
    """Lock a table as a migration would, for a moment: on the standby nobody may be reading it then."""
    ask(url, f"DO $$ BEGIN LOCK TABLE {table_of} IN ACCESS EXCLUSIVE MODE; END $$")


@pytest.fixture
def held(far: Served, standby: Standby, monkeypatch: pytest.MonkeyPatch) -> _Held:
    """Give what holds the first read, of a standby that waits for nobody."""
    assert far.url
    standby.impatient()
    return _Held(monkeypatch)


def test_a_snapshot_that_the_replica_cuts_off_is_whole_all_the_same(
    far: Served, standby: Standby, held: _Held
) -> None:
    with held.cut_off(far, standby):
        position, found = snapshot(far.anybody.http, "organizations")
    assert position == ask(far.database_url, "SELECT position FROM registry.head")
    assert len(found) > 50


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_a_file_that_the_replica_cuts_off_is_whole_all_the_same(
    far: Served, standby: Standby, held: _Held, form: str
) -> None:
    with held.cut_off(far, standby):
        response = far.administrator.http.get(f"/export/registers/organizations.{form}")
    again = far.administrator.http.get(f"/export/registers/organizations.{form}")
    assert response.status_code == 200, response.text
    assert int(response.headers["kexie-rows"]) > 50
    assert response.headers["kexie-rows"] == again.headers["kexie-rows"]
    if form != "xlsx":
        assert response.content == again.content


def test_an_answer_of_several_statements_that_the_replica_cuts_off_is_whole_all_the_same(
    far: Served, standby: Standby, held: _Held
) -> None:
    asked = "{ compliance { rule { code } outcome } complianceReport { position } }"
    with held.cut_off(far, standby):
        found = far.anybody.data(asked)
    assert found == far.anybody.data(asked)
    assert found["compliance"]


def test_a_snapshot_of_which_something_has_left_ends_without_its_last_line(
    far: Served, standby: Standby, held: _Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PIECE_BYTES", 1)
    with (
        held.cut_off(far, standby),
        far.anybody.http.stream("GET", "/snapshot?register=organizations") as response,
    ):
        lines = response.iter_lines()
        assert '"register":"organizations"' in next(lines)
        with pytest.raises(httpx2.RemoteProtocolError):
            assert not [line for line in lines if "entities" in line]


def test_a_snapshot_that_nobody_can_give_is_refused_in_words(
    register: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = "SELECT 'x' FROM generate_series(1, 5) AS n WHERE pg_sleep(60) IS NOT NULL"
    monkeypatch.setitem(module.REGISTERS, "organizations", broken + " AND $1::uuid[] IS NULL")
    address = "/snapshot?register=organizations"
    ended = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%generate_series%pg_sleep%'"
    )

    def end() -> None:
        until(lambda: ask(register.database_url, f"{ended} AND pid <> pg_backend_pid()"))

    ending = Thread(target=end)
    ending.start()
    try:
        response = register.anybody.http.get(address)
        assert response.status_code == 503
        assert response.json()["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
    finally:
        ending.join()
