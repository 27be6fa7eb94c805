"""A lost connection costs time; what was committed is found by its id, and nothing is recorded twice."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import uuid4

import pytest
from asyncpg import InternalClientError
from asyncpg.transaction import Transaction
from msgspec.structs import replace

from projections.inline import InlineProjections
from registry.commands import Command, Draft
from registry.errors import Code
from registry.organization.commands import EstablishOrganization
from registry.organization.kinds import Kind
from registry.reads import Bearer, World
from registry.router import decide
from registry.store.committer import Committer, Limits
from registry.store.connection import Connection
from registry.store.ports import Effect
from registry.store.postgres import EmbeddedPostgres
from registry.store.rows import Rows
from tests.support.committing import Office, codes, fresh, record, send, terminate
from tests.support.dalian import department, established
from tests.support.database import make_template, query, temporary_server


def association() -> EstablishOrganization:
    return fresh(established(uuid4(), "科协", Kind.ASSOCIATION))


class Line:
    """The connections of a committer, and their processes in the server."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.pids: list[int] = []
        self.out_of_reach = 0

    async def connect(self) -> Connection:
        if self.out_of_reach:
            self.out_of_reach -= 1
            raise ConnectionRefusedError
        connection = await self._office.connect()
        self.pids.append(connection.get_server_pid())
        return connection

    async def cut(self) -> None:
        await terminate(self._office.url, self.pids[-1])


@pytest.fixture
def line(office: Office) -> Line:
    return Line(office)


class Cutting(InlineProjections):
    """Loses the connection in the middle of the ``after``-th batch."""

    def __init__(self, office: Office, line: Line, after: int) -> None:
        super().__init__(office.projections)
        self._line = line
        self._before = after

    async def close(self, connection: Connection, effects: Sequence[Effect]) -> Sequence[Rows]:
        begun = await super().close(connection, effects)
        self._before -= 1
        if self._before == 0:
            await self._line.cut()
        return begun


async def assert_recorded_once(office: Office, commands: int) -> None:
    counts = "SELECT count(*), count(DISTINCT command_id), max(position) FROM registry.event"
    assert await office.fetch(counts) == [(commands, commands, commands)]
    assert await office.value("SELECT count(*) FROM registry.command") == commands
    assert await office.value("SELECT count(*) FROM organization") == commands


async def test_a_connection_lost_while_idle_is_replaced(office: Office, line: Line) -> None:
    committer = await office.open(connect=line.connect)
    for _ in range(3):
        await record(committer, association())
        await line.cut()
    await record(committer, association(), association())
    assert len(line.pids) == 4
    await assert_recorded_once(office, 5)


@pytest.mark.parametrize("count", [1, 60])
async def test_a_connection_lost_before_the_commit_leaves_nothing_and_all_is_done_again(
    office: Office, line: Line, count: int
) -> None:
    committer = await office.open(connect=line.connect, projections=Cutting(office, line, 1))
    answers = await record(committer, *(association() for _ in range(count)))
    assert [answer.first_position for answer in answers] == [*range(1, count + 1)]
    assert len(line.pids) == 2
    await assert_recorded_once(office, count)


class Confused(InlineProjections):
    """Finds the driver confused once: the server's farewell came between two statements."""

    def __init__(self, office: Office) -> None:
        super().__init__(office.projections)
        self._confused = True

    async def close(self, connection: Connection, effects: Sequence[Effect]) -> Sequence[Rows]:
        if self._confused:
            self._confused = False
            raise InternalClientError("cannot switch to state 15; another operation (2) is in progress")
        return await super().close(connection, effects)


async def test_a_driver_that_lost_its_way_is_a_lost_connection(office: Office, line: Line) -> None:
    committer = await office.open(connect=line.connect, projections=Confused(office))
    await record(committer, association(), association())
    assert len(line.pids) == 2
    await assert_recorded_once(office, 2)


class CuttingOff(InlineProjections):
    """Loses the connection when it is first asked who bears an identifier."""

    def __init__(self, office: Office, line: Line) -> None:
        super().__init__(office.projections)
        self._line = line
        self._first = True

    async def bearers(
        self, connection: Connection, pairs: Sequence[tuple[str, str]]
    ) -> Iterable[tuple[tuple[str, str], Bearer]]:
        if self._first:
            self._first = False
            await self._line.cut()
        return await super().bearers(connection, pairs)


@pytest.mark.parametrize("where", [0, 40, 59])
async def test_a_connection_lost_during_a_decision_is_no_fault_of_the_command(
    office: Office, line: Line, where: int
) -> None:
    """The decision asks for something new, and there is nobody to ask."""

    def deciding(command: Command, world: World) -> list[Draft]:
        if command.reason == "asks":
            world.bearers("LOCAL", "1")
        return decide(command, world)

    committer = await office.open(connect=line.connect, decide=deciding, projections=CuttingOff(office, line))
    commands = [association() for _ in range(60)]
    commands[where] = replace(commands[where], reason="asks")
    await record(committer, *commands)
    assert len(line.pids) == 2
    await assert_recorded_once(office, 60)


@pytest.fixture
def reply_lost(line: Line, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Let the server's answer to the committer's next commit be lost on its way; what was lost is listed."""
    lost: list[str] = []
    ending = Transaction.__aexit__

    async def ending_without_reply(self: Transaction, *raised: Any) -> None:  # noqa: ANN401 - as asyncpg has it
        await ending(self, *raised)
        # Others commit, too: whoever signs the head, every second.
        if raised[0] is None and not lost and self._connection.get_server_pid() in line.pids:  # type: ignore[attr-defined]  # the stubs leave it out
            lost.append("commit")
            self._connection.terminate()  # type: ignore[attr-defined]  # the stubs leave it out
            raise ConnectionResetError

    monkeypatch.setattr(Transaction, "__aexit__", ending_without_reply)
    yield lost
    assert lost == ["commit"]


async def test_what_was_committed_is_found_when_the_reply_is_lost(
    office: Office, line: Line, reply_lost: list[str]
) -> None:
    committer = await office.open(connect=line.connect)
    assert not reply_lost
    good, bad = association(), fresh(department(uuid4(), "部"))
    answers = await send(committer, good, bad, good)
    assert codes(answers) == [None, Code.NOT_FOUND, None]
    assert answers[0] == answers[2]
    assert len(line.pids) == 2
    assert await office.fetch("SELECT command_id, recorded_at, position FROM registry.event") == [
        (good.command_id, getattr(answers[0], "recorded_at", None), 1)
    ]
    # What the committer keeps in memory is that of the commit whose reply it never had.
    under_it = fresh(department(uuid4(), "部", superior=good.organization))
    assert codes(await send(committer, under_it)) == [None]


async def test_a_database_out_of_reach_is_asked_again(office: Office, line: Line) -> None:
    committer = await office.open(connect=line.connect)
    await line.cut()
    line.out_of_reach = 5
    await record(committer, association())
    assert line.out_of_reach == 0


async def test_after_long_enough_the_sender_is_told_and_may_ask_again(office: Office, line: Line) -> None:
    limits = Limits(reconnect_attempts=3, reconnect_pause=0.01)
    committer = await office.open(connect=line.connect, limits=limits)
    await line.cut()
    line.out_of_reach = 10
    command = association()
    answers = await send(committer, command, association())
    assert [type(answer) for answer in answers] == [ConnectionError, ConnectionError]
    line.out_of_reach = 0
    await record(committer, command)
    await assert_recorded_once(office, 1)


async def test_stopping_ends_while_the_database_is_out_of_reach(office: Office, line: Line) -> None:
    limits = Limits(reconnect_attempts=3, reconnect_pause=0.01)
    committer = await office.open(connect=line.connect, limits=limits)
    await line.cut()
    line.out_of_reach = 1000
    waiting = asyncio.create_task(committer.record(association()))
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await committer.stop()
        with pytest.raises(ConnectionError):
            await waiting


@pytest.fixture
def own_server() -> Iterator[EmbeddedPostgres]:
    """Give a server that a test may restart."""
    with temporary_server() as server:
        make_template(server)
        yield server


async def test_a_restart_of_the_server_is_waited_for(own_server: EmbeddedPostgres) -> None:
    office = await Restarted.of(own_server)
    committer = await office.open(limits=Limits(reconnect_attempts=200, reconnect_pause=0.05))
    try:
        await record(committer, association())
        sending = asyncio.create_task(_keep_sending(committer))
        await asyncio.to_thread(own_server.stop)
        await asyncio.sleep(0.1)
        await asyncio.to_thread(own_server.start)
        office.url = own_server.url("kexie_template")
        sent = await sending
        await assert_recorded_once(office, 1 + sent)
    finally:
        await office.close()


class Restarted(Office):
    """An office whose server gets another address by a restart."""

    @classmethod
    async def of(cls, server: EmbeddedPostgres) -> Restarted:
        url = server.url("kexie_template")
        return cls(url, str(await query(url, "SELECT projections FROM registry.head")))


async def _keep_sending(committer: Committer) -> int:
    """Send commands for two seconds, each when the one before is answered, and return how many."""
    until = asyncio.get_running_loop().time() + 2
    sent = 0
    while asyncio.get_running_loop().time() < until:
        await record(committer, association(), association())
        sent += 2
    return sent
