"""Who is next: senders take turns, and what is large is done alone, in between."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from registry.organization.commands import SuspendOrganization
from registry.store.waiting import Submission, Waiting
from tests.support.dalian import FOUNDED


def _put(waiting: Waiting, *names: str) -> None:
    """Let commands wait that are named by their sender and a number, such as ``a1``."""
    for name in names:
        command = SuspendOrganization(
            command_id=UUID(int=int(name[1:])), actor=name[0], effective_on=FOUNDED, organization=UUID(int=1)
        )
        waiting.put(Submission(command, b"", asyncio.get_running_loop().create_future()))


def _names(taken: list[Submission]) -> list[str]:
    return [f"{one.command.actor}{one.command.command_id.int}" for one in taken]


async def test_one_sender_is_served_in_order() -> None:
    waiting = Waiting()
    _put(waiting, "a1", "a2", "a3")
    assert len(waiting) == 3
    assert _names(await waiting.take(2)) == ["a1", "a2"]
    assert _names(await waiting.take(2)) == ["a3"]
    assert len(waiting) == 0


async def test_whoever_sent_one_is_served_beside_whoever_sent_many() -> None:
    waiting = Waiting()
    _put(waiting, *(f"a{n}" for n in range(1, 8)), "b1", "c1", "c2")
    assert _names(await waiting.take(4)) == ["a1", "b1", "c1", "a2"]
    # An equal share each, whoever else could have more: a batch takes the longer the more it holds.
    assert _names(await waiting.take(4)) == ["c2", "a3", "a4"]
    assert _names(await waiting.take(4)) == ["a5", "a6", "a7"]


async def test_who_was_not_reached_comes_first_the_next_time() -> None:
    waiting = Waiting()
    _put(waiting, "a1", "b1", "c1", "a2", "b2", "c2")
    assert _names(await waiting.take(2)) == ["a1", "b1"]
    assert _names(await waiting.take(2)) == ["c1", "a2"]
    assert _names(await waiting.take(9)) == ["b2", "c2"]


async def test_a_large_one_is_alone_and_others_come_between_two() -> None:
    waiting = Waiting()
    _put(waiting, "a1", "a2", "b1", "b2")
    taken = await waiting.take(9)
    assert _names(taken) == ["a1", "b1", "a2", "b2"]
    # Those of both senders were large; the second of each was not reached.
    waiting.put_back(taken)
    _put(waiting, "c1", "c2")
    assert len(waiting) == 6
    rounds: list[list[str]] = []
    while len(waiting):
        taken = await waiting.take(9)
        assert [one.large for one in taken] == (
            [True] if _names(taken) in (["a1"], ["b1"]) else [False] * len(taken)
        )
        rounds.append(_names(taken))
    assert rounds == [["c1", "c2"], ["a1"], ["a2"], ["b1"], ["b2"]]


async def test_taking_waits_for_somebody_and_joining_for_all_answers() -> None:
    waiting = Waiting()
    await waiting.join()
    taking = asyncio.create_task(waiting.take(9))
    await asyncio.sleep(0)
    assert not taking.done()
    _put(waiting, "a1", "a2")
    taken = await taking
    joining = asyncio.create_task(waiting.join())
    waiting.put_back(taken[1:])
    waiting.answered(1)
    await asyncio.sleep(0)
    assert not joining.done()
    assert _names(await waiting.take(9)) == ["a2"]
    waiting.answered(1)
    await joining
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(waiting.take(1), 0.01)
