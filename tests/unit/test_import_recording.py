"""How what was decided is spooled and recorded: in order, noted first, nothing left unheard."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from graphql_api.imports.recording import record_all
from graphql_api.imports.rows import Place
from graphql_api.imports.spool import Planned, Spool
from registry.answers import Accepted
from registry.commands import Command
from registry.errors import Code, Refusal
from registry.foregone import Foregone
from registry.person.commands import RenamePerson

IMPORT = UUID(int=7)
BATCH = 100
"""What a batch holds at first."""


def planned(count: int) -> list[Planned]:
    return [Planned(Place("people", row), "name", [renaming(row)]) for row in range(count)]


def renaming(number: int) -> Command:
    return RenamePerson(
        command_id=UUID(int=number + 1),
        actor="clerk",
        effective_on=date(2020, 1, 1),
        person=UUID(int=10_000 + number),
        name=f"会员{number}",
    )


class Desk:
    """Answers commands when it is let; knows what was noted and what was sent, in one order."""

    def __init__(self, answers: dict[int, Exception] | None = None) -> None:
        self.heard: list[tuple[str, UUID]] = []
        self.answered: list[UUID] = []
        self.open = asyncio.Event()
        self._answers = answers or {}

    async def note(self, import_id: UUID, commands: Sequence[UUID]) -> None:
        assert import_id == IMPORT
        self.heard.extend(("noted", command) for command in commands)

    async def record(self, command: Command, _foregone: Foregone | None) -> Accepted:
        self.heard.append(("sent", command.command_id))
        await self.open.wait()
        self.answered.append(command.command_id)
        number = command.command_id.int
        trouble = self._answers.get(number)
        if trouble is not None:
            raise trouble
        return Accepted(command.command_id, number, number, datetime(2024, 1, 1, tzinfo=UTC))

    def all(self, what: str) -> list[UUID]:
        return [command for said, command in self.heard if said == what]


async def told(_: int) -> None:
    await asyncio.sleep(0)


async def settled(desk: Desk) -> None:
    """Wait until nothing more is sent while nobody is answered."""
    before = -1
    while len(desk.heard) != before:
        before = len(desk.heard)
        for _ in range(5):
            await asyncio.sleep(0)


async def test_the_next_batch_waits_at_the_desk_while_one_is_answered_and_no_more_than_that() -> None:
    desk = Desk()
    recording = asyncio.ensure_future(record_all(planned(5 * BATCH), IMPORT, desk.record, desk, told))
    await settled(desk)
    assert len(desk.all("sent")) == 2 * BATCH
    desk.open.set()
    done = await recording
    assert (done.commands, done.rows, done.first_position, done.last_position) == (
        5 * BATCH,
        5 * BATCH,
        1,
        5 * BATCH,
    )
    assert desk.all("sent") == [UUID(int=number + 1) for number in range(5 * BATCH)]


async def test_a_command_is_noted_before_it_is_sent() -> None:
    desk = Desk()
    desk.open.set()
    await record_all(planned(3 * BATCH), IMPORT, desk.record, desk, told)
    for number in range(3 * BATCH):
        identity = UUID(int=number + 1)
        assert desk.heard.index(("noted", identity)) < desk.heard.index(("sent", identity))


async def test_a_refusal_stops_what_was_not_sent_yet_and_all_that_was_is_heard() -> None:
    desk = Desk({3: Refusal(Code.STOPPING), BATCH + 5: Refusal(Code.STOPPING)})
    desk.open.set()
    done = await record_all(planned(6 * BATCH), IMPORT, desk.record, desk, told)
    assert [fault.place.row for fault in done.faults] == [2, BATCH + 4]
    assert (done.commands, done.rows) == (2 * BATCH - 2, 2 * BATCH)
    assert desk.answered == desk.all("sent")
    assert len(desk.answered) == 2 * BATCH


async def test_trouble_is_passed_on_when_everything_that_was_sent_is_answered() -> None:
    desk = Desk({1: ConnectionError("gone")})
    recording = asyncio.ensure_future(record_all(planned(6 * BATCH), IMPORT, desk.record, desk, told))
    await settled(desk)
    desk.open.set()
    with pytest.raises(ConnectionError):
        await recording
    assert len(desk.answered) == len(desk.all("sent")) == 2 * BATCH


class Crowded(Desk):
    """Turns away whatever is sent once some were taken, until somebody looks again later."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.open.set()
        self._room = room
        self.rounds = 0

    def send(self, command: Command, foregone: Foregone | None) -> asyncio.Future[Accepted]:
        """Take a command, or turn it away at once, as the committer does."""
        if self._room == 0:
            if self.rounds == 0:
                self.rounds = 1
                asyncio.get_running_loop().call_later(0.01, self._make_room)
            raise Refusal(Code.BUSY, waiting=1, seconds=1)
        self._room -= 1
        return asyncio.ensure_future(self.record(command, foregone))

    def _make_room(self) -> None:
        self._room = 10_000


async def test_what_is_turned_away_is_sent_again_together_and_nothing_overtakes_it() -> None:
    desk = Crowded(3)
    done = await record_all(planned(3 * BATCH), IMPORT, desk.send, desk, told)
    assert (done.commands, done.faults) == (3 * BATCH, [])
    assert desk.all("sent") == [UUID(int=number + 1) for number in range(3 * BATCH)]


@pytest.mark.parametrize("count", [0, 1, 199, 200, 201, 1000])
def test_what_is_spooled_comes_back_in_order_however_much_it_is(count: int) -> None:
    rows = planned(count)
    with Spool() as spool:
        for row in rows:
            spool.put(row)
        assert (spool.rows, spool.commands) == (count, count)
        assert list(spool) == rows
        assert list(spool) == rows
