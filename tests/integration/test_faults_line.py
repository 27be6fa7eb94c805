"""The line to the database is cut at a commit: the outcome is looked up before anything is done again."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from registry.organization.commands import EstablishOrganization
from registry.organization.kinds import Kind
from registry.store.connection import connect
from tests.support.committing import Office, accepted, codes, fresh, record, send
from tests.support.cutting import Cut, cut_line
from tests.support.dalian import established

_COUNTS = "SELECT count(*), count(DISTINCT command_id), max(position) FROM registry.event"


def association() -> EstablishOrganization:
    return fresh(established(uuid4(), "科协", Kind.ASSOCIATION))


async def assert_recorded_once(office: Office, commands: int) -> None:
    assert await office.fetch(_COUNTS) == [(commands, commands, commands)]
    assert await office.value("SELECT count(*) FROM registry.command") == commands
    assert await office.value("SELECT count(*) FROM organization") == commands
    assert await office.value("SELECT position FROM registry.head") == commands


@pytest.mark.parametrize("cut", Cut)
async def test_a_commit_that_was_cut_is_there_once(office: Office, cut: Cut) -> None:
    """One command alone, then a batch, each answered as if nothing had happened."""
    async with cut_line(office.url) as (line, url):
        committer = await office.open(connect=lambda: connect(url, office.projections, writer=True))
        await record(committer, association())
        done = 1
        for count in (1, 40):
            line.arm(cut)
            commands = [association() for _ in range(count)]
            answers = await record(committer, *commands)
            assert [answer.first_position for answer in answers] == [*range(done + 1, done + count + 1)]
            done += count
            await assert_recorded_once(office, done)
            # The same again is the same answer, from this process and from another one.
            assert await record(committer, *commands) == answers
            assert await record(await office.open(), *commands) == answers
        assert line.cuts == 2
        await record(committer, association())
        await assert_recorded_once(office, done + 1)
        await committer.stop()


async def test_commits_cut_again_and_again_beside_another_writer(office: Office) -> None:
    async with cut_line(office.url) as (line, url):
        cut = await office.open(connect=lambda: connect(url, office.projections, writer=True))
        sound = await office.open()
        sent = 0
        for number in range(12):
            line.arm(list(Cut)[number % len(Cut)])
            some = [association() for _ in range(5)]
            answers = await asyncio.gather(send(cut, *some), send(sound, *(association() for _ in range(5))))
            assert [codes(group) for group in answers] == [[None] * 5] * 2
            assert await send(sound, *some) == answers[0]
            sent += 10
        assert line.cuts == 12
        await assert_recorded_once(office, sent)
        await cut.stop()


async def test_a_refusal_whose_commit_was_cut_is_the_refusal_that_was_kept(office: Office) -> None:
    async with cut_line(office.url) as (line, url):
        committer = await office.open(connect=lambda: connect(url, office.projections, writer=True))
        command = association()
        await record(committer, command)
        again = fresh(command)
        line.arm(Cut.BEFORE_ANSWER)
        [refused] = await send(committer, again)
        assert line.cuts == 1
        outcomes = await office.fetch("SELECT outcome FROM registry.command ORDER BY recorded_at")
        assert outcomes == [("recorded",), ("refused",)]
        [told] = await send(await office.open(), again)
        assert repr(told) == repr(refused)
        assert accepted((await send(committer, command))[0]).first_position == 1
        await committer.stop()
