"""The same command id gives the same answer for ever, and no other command may have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from registry.answers import Accepted
from registry.commands import Command
from registry.correction.commands import AmendEvent
from registry.errors import Code
from registry.organization.commands import RenameOrganization
from registry.organization.events import OrganizationActivated, OrganizationSuspended
from registry.organization.kinds import Kind
from registry.store.committer import Committer
from registry.store.outcome import digest as digest_of
from tests.support.committing import Office, accepted, codes, fresh, record, refused, send
from tests.support.dalian import ASSOCIATION, CITY, EFFECT, FOUNDED, OFFICE, department, established
from tests.support.given import BY

Answer = Accepted | BaseException


@dataclass
class Times:
    """How a repetition is sent: in the batch of the first one, in the next, or to a new process."""

    office: Office
    how: str

    async def send(self, committer: Committer, *commands: Command) -> list[Answer]:
        if self.how == "same batch":
            return await send(committer, *commands)
        answers: list[Answer] = []
        for command in commands:
            answers += await send(committer, command)
            if self.how == "new process":
                await committer.stop()
                committer = await self.office.open()
        return answers


@pytest.fixture(params=["same batch", "next batch", "new process"])
def times(request: pytest.FixtureRequest, office: Office) -> Times:
    return Times(office, str(request.param))


async def test_an_accepted_command_is_carried_out_once(
    office: Office, committer: Committer, times: Times
) -> None:
    command = fresh(ASSOCIATION)
    first, *others = await times.send(committer, command, command, replace(command))
    assert others == [first, first]
    assert accepted(first).first_position == 1
    assert await office.value("SELECT count(*) FROM registry.event") == 1
    assert await office.value("SELECT count(*) FROM registry.command") == 1


async def test_a_refused_command_stays_refused_when_it_would_be_accepted_now(
    office: Office, committer: Committer, times: Times
) -> None:
    early = fresh(department(OFFICE, "办公室"))
    answers = await times.send(committer, early, fresh(ASSOCIATION), early)
    assert codes(answers) == [Code.NOT_FOUND, None, Code.NOT_FOUND]
    first, again = refused(answers[0], Code.NOT_FOUND), refused(answers[2], Code.NOT_FOUND)
    assert (first.details, first.english, first.chinese) == (again.details, again.english, again.chinese)
    assert CITY.hex in first.details["id"].replace("-", "")
    assert codes(await send(await office.open(), fresh(early))) == [None]


async def test_what_changed_nothing_is_answered_so_again(
    office: Office, committer: Committer, times: Times
) -> None:
    same = fresh(RenameOrganization(organization=CITY, name="市科协", effective_on=EFFECT, **BY))
    other = fresh(RenameOrganization(organization=CITY, name="大连市科协", effective_on=EFFECT, **BY))
    _, first, _, again = await times.send(committer, fresh(ASSOCIATION), same, other, same)
    assert accepted(first) == accepted(again)
    assert accepted(again).first_position is None
    assert await office.value("SELECT count(*) FROM registry.event") == 2


OTHERS: dict[str, dict[str, Any]] = {
    "content": {"name": "另一科协"},
    "actor": {"actor": "somebody else"},
    "day": {"effective_on": EFFECT},
    "reason": {"reason": "笔误"},
    "absent and empty": {"code": ""},
    "version": {"expected_version": 0},
}


@pytest.mark.parametrize("difference", OTHERS)
async def test_another_command_under_the_same_id_is_refused(
    office: Office, committer: Committer, times: Times, difference: str
) -> None:
    command = fresh(ASSOCIATION)
    other = replace(command, **OTHERS[difference])
    first, reused, again = await times.send(committer, command, other, command)
    assert first == again
    assert refused(reused, Code.COMMAND_ID_REUSED).details == {"id": str(command.command_id)}
    assert await office.value("SELECT count(*) FROM registry.event") == 1


async def test_another_kind_of_command_under_the_same_id_is_refused(
    committer: Committer, times: Times
) -> None:
    one = uuid4()
    command = fresh(ASSOCIATION, command_id=one)
    other = fresh(department(OFFICE, "办公室"), command_id=one)
    assert codes(await times.send(committer, command, other)) == [None, Code.COMMAND_ID_REUSED]


async def test_amendments_that_differ_in_the_kind_of_event_only_are_different(
    committer: Committer, times: Times
) -> None:
    """Both replacements have the same fields with the same content."""
    await record(committer, fresh(established(CITY, "市科协", Kind.ASSOCIATION)))
    one = uuid4()
    answers = await times.send(
        committer,
        *(
            AmendEvent(
                entity=CITY,
                position=1,
                replacement=event(effective_on=FOUNDED),
                effective_on=FOUNDED,
                **{**BY, "command_id": one},
            )
            for event in (OrganizationSuspended, OrganizationActivated)
        ),
    )
    refused(answers[1], Code.COMMAND_ID_REUSED)


async def test_the_hash_of_a_command_cannot_be_had_without_the_key(
    office: Office, committer: Committer
) -> None:
    """Who reads the table of commands cannot test a guess of what one said."""
    await record(committer, fresh(ASSOCIATION, command_id=UUID(int=7)))
    key = await office.value("SELECT value FROM registry.secret WHERE name = 'command'")
    digest = await office.value("SELECT digest FROM registry.command")
    assert len(key) == len(digest) == 32
    command = fresh(ASSOCIATION, command_id=UUID(int=7))
    assert digest == digest_of(key, command)
    assert digest != digest_of(b"", command)
    await office.fetch("UPDATE registry.secret SET value = sha256(value)")
    other = await office.open()
    assert codes(await send(other, command)) == [Code.COMMAND_ID_REUSED]
