"""What counts of the answers that a client gets, and what a sender at a fixed rate sends."""

from __future__ import annotations

import asyncio
import time
from uuid import uuid4

import pytest

from bench.cost.stages import COPY, DECIDING, REST, Stages
from bench.imports.small import Sender
from bench.load import Load
from bench.read.client import Connection, Pressing, UnexpectedAnswerError


class _Server:
    """Answers after a while."""

    def __init__(self, seconds: float, answers: list[bytes] | None = None) -> None:
        self._seconds = seconds
        self._answers = answers
        self.asked = 0

    async def exchange(self, request: bytes) -> bytes:
        self.asked += 1
        await asyncio.sleep(self._seconds)
        return self._answers.pop(0) if self._answers else request


async def _pressed(server: _Server, load: Load, warm_up_answers: int) -> Pressing:
    pressing = Pressing(b"?", load, warm_up_answers)
    connection: Connection = server  # type: ignore[assignment] # it answers as a connection does
    async with asyncio.TaskGroup() as lanes:
        for _ in range(load.in_flight):
            lanes.create_task(pressing.ask(connection, b"?"))
    return pressing


async def test_as_many_answers_count_as_there_are_connections_however_long_they_take() -> None:
    server = _Server(0.05)
    pressing = await _pressed(server, Load(in_flight=8, seconds=0.001, warm_up=0.0), 4)
    result, used = pressing.result()
    assert result.commands == 8
    assert min(result.latencies) >= 0.049
    assert result.seconds > 0
    assert 0 <= used < 1.5
    # Four warmed up, eight counted, and who was still asked at the end was not.
    assert server.asked >= 12


async def test_a_time_that_is_long_enough_is_filled() -> None:
    pressing = await _pressed(_Server(0.005), Load(in_flight=2, seconds=0.2, warm_up=0.0), 2)
    result, _ = pressing.result()
    assert result.commands > 4
    assert result.seconds >= 0.2


async def test_another_answer_than_the_first_ends_the_run() -> None:
    with pytest.raises(ExceptionGroup) as caught:
        await _pressed(_Server(0.001, [b"?", b"!"]), Load(in_flight=1, seconds=9.0, warm_up=0.0), 1)
    assert caught.group_contains(UnexpectedAnswerError, match="another answer")


class _Slow:
    """A committer that takes a while over its first command, and records any number at a time."""

    def __init__(self) -> None:
        self.recorded = 0
        self.third = asyncio.Event()

    async def record(self, _: object) -> None:
        self.recorded += 1
        if self.recorded == 3:
            self.third.set()
        await asyncio.sleep(0.2 if self.recorded == 1 else 0.0)


async def test_commands_are_sent_when_they_are_due_whether_others_are_answered_or_not() -> None:
    committer, ended = _Slow(), asyncio.Event()
    sender = Sender(committer, [uuid4()])  # type: ignore[arg-type] # it records as a committer does
    sending = asyncio.create_task(sender.send_until(ended))
    await committer.third.wait()
    ended.set()
    await sending
    assert len(sender.answered) == committer.recorded
    by_due = sorted(sender.answered)
    # The first was answered after others that were due later.
    assert by_due[0] != sender.answered[0]
    assert by_due[0][1] >= 0.19


async def test_a_stage_counts_while_it_runs_and_not_while_it_waits_or_another_runs_within() -> None:
    stages = Stages()

    def copy() -> None:
        _burn(0.06)

    copied = stages._wrapped(copy, COPY)  # noqa: SLF001 - what is wrapped is the test's own

    async def decide() -> str:
        _burn(0.03)
        await asyncio.sleep(0.1)
        copied()
        return "decided"

    decided = stages._wrapped(decide, DECIDING)  # noqa: SLF001 - what is wrapped is the test's own
    with stages:
        assert await decided() == "decided"
        _burn(0.01)
    shares = stages.shares()
    assert sum(shares.values()) == pytest.approx(100)
    assert shares[COPY] > shares[DECIDING] > shares[REST] > 0


async def test_what_a_stage_raises_is_raised() -> None:
    async def fail() -> None:
        await asyncio.sleep(0)
        raise LookupError("nobody")

    with pytest.raises(LookupError, match="nobody"):
        await Stages()._wrapped(fail, DECIDING)()  # noqa: SLF001 - what is wrapped is the test's own


def _burn(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass
