"""Somebody holds the head and does nothing: commands are refused after a while, not kept waiting for ever."""

from __future__ import annotations

import asyncio
from uuid import uuid4

from registry.errors import Code
from registry.organization.commands import EstablishOrganization
from registry.organization.kinds import Kind
from registry.store.connection import LOCK_SECONDS, Connection
from tests.support.committing import Office, accepted, codes, fresh, record, refused, send
from tests.support.dalian import established


def association() -> EstablishOrganization:
    return fresh(established(uuid4(), "科协", Kind.ASSOCIATION))


class Impatient:
    """The connections of a committer that waits 200 ms for the head."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.opened = 0

    async def connect(self) -> Connection:
        connection = await self._office.connect()
        await connection.execute("SET lock_timeout TO '200ms'")
        self.opened += 1
        return connection


async def test_commands_are_refused_while_the_head_is_held_and_taken_afterwards(office: Office) -> None:
    line = Impatient(office)
    committer = await office.open(connect=line.connect)
    await record(committer, association())
    commands = [association(), association()]
    async with office.locked():
        for answer in await send(committer, *commands):
            assert refused(answer, Code.HEAD_HELD).details == {"seconds": str(LOCK_SECONDS)}
    assert await office.value("SELECT count(*) FROM registry.command") == 1
    assert codes(await send(committer, *commands)) == [None, None]
    # The connection was sound all the time.
    assert line.opened == 1


async def test_our_own_sessions_do_not_hold_the_head_for_ever(office: Office) -> None:
    """A process that is stopped in the middle of a commit loses its session, and others go on."""
    stuck = await office.connect()
    settings = {
        name: await stuck.fetchval(f"SHOW {name}")
        for name in ("lock_timeout", "idle_in_transaction_session_timeout", "transaction_timeout")
    }
    assert settings == {
        "lock_timeout": f"{LOCK_SECONDS}s",
        "idle_in_transaction_session_timeout": "1min",
        "transaction_timeout": "5min",
    }
    await stuck.execute("SET idle_in_transaction_session_timeout TO '300ms'")
    await stuck.execute("BEGIN")
    await stuck.fetch("SELECT * FROM registry.lock_head()")
    async with asyncio.timeout(10):
        [answer] = await send(await office.open(), association())
    assert accepted(answer).first_position == 1
    assert stuck.is_closed()
