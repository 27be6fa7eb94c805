"""Seats on the database: the last one goes to one of two, whoever is first, in one batch or in two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

import pytest
from msgspec.structs import replace

from registry.appointment.commands import Appoint, EndAppointment
from registry.commands import Command
from registry.errors import Code
from registry.organization.commands import DissolveOrganization
from registry.post.commands import ChangeSeats
from registry.references import KindRule
from registry.store.committer import Committer
from tests.support.committing import Office, codes, fresh, record, refused, send
from tests.support.council import (
    BOARD,
    COUNCIL,
    DIRECTOR,
    ELECTED,
    LI,
    NINTH,
    PRESIDENT,
    RESOLVED,
    SITTING,
    WANG,
    ZHANG,
    ZHAO,
    appoint,
    held,
    line,
    term,
)
from tests.support.given import BY
from tests.unit.test_renewal import EVE, OVERDUE, RENEWED

_HOLDERS = """
    SELECT a.person FROM appointment AS a
    WHERE a.post = $1 AND NOT a.ended AND a.valid @> $2::date ORDER BY a.person
"""


async def in_batches(
    committer: Committer, commands: Sequence[Command], *, together: bool
) -> list[Code | None]:
    """Send ``commands`` in one batch, or each in one of its own."""
    if together:
        return codes(await send(committer, *commands))
    return codes([answer for command in commands for answer in await send(committer, command)])


async def recorded(committer: Committer, commands: Sequence[Command]) -> None:
    """Record ``commands``, each under an id of its own."""
    await record(committer, *(fresh(command) for command in commands))


@pytest.mark.parametrize("together", [True, False])
async def test_two_commands_for_the_last_elected_seat_one_holds_it_the_other_is_refused(
    office: Office, committer: Committer, *, together: bool
) -> None:
    await recorded(committer, SITTING)
    both: list[Appoint] = [
        fresh(appoint(who, on=OVERDUE, appointment=held(who, DIRECTOR, "last"))) for who in (ZHAO, LI)
    ]
    assert await in_batches(committer, both, together=together) == [None, Code.SEATS_TAKEN]
    # The refusal is an answer that is kept: sent again, it says the same day and numbers.
    refusal = refused((await send(committer, both[1]))[0], Code.SEATS_TAKEN)
    assert refusal.details == {"post": str(DIRECTOR), "date": "2018-09-01", "seats": "3", "holders": "4"}
    holders = await office.fetch(_HOLDERS, DIRECTOR, OVERDUE)
    assert {person for (person,) in holders} == {WANG, ZHANG, ZHAO}
    assert committer.defects == 0


@pytest.mark.parametrize("together", [True, False])
async def test_a_seat_that_is_given_up_is_taken_by_the_next_command(
    committer: Committer, *, together: bool
) -> None:
    await recorded(committer, SITTING)
    commands: list[Command] = [
        fresh(appoint(ZHAO, PRESIDENT, on=OVERDUE)),
        fresh(EndAppointment(appointment=held(LI, PRESIDENT), effective_on=OVERDUE, **BY)),
        fresh(appoint(ZHAO, PRESIDENT, on=OVERDUE)),
        fresh(ChangeSeats(post=DIRECTOR, seats=1, effective_on=OVERDUE, **BY)),
        fresh(ChangeSeats(post=DIRECTOR, seats=2, effective_on=OVERDUE, **BY)),
        fresh(appoint(ZHAO, on=OVERDUE)),
    ]
    expected = [Code.SEATS_TAKEN, None, None, Code.SEATS_TAKEN, None, Code.SEATS_TAKEN]
    assert await in_batches(committer, commands, together=together) == expected


@pytest.mark.parametrize("together", [True, False])
async def test_two_terms_of_a_body_at_once(committer: Committer, *, together: bool) -> None:
    await recorded(committer, BOARD[:-1])
    both: list[Command] = [
        fresh(term()),
        fresh(term(NINTH, 9, on=date(2014, 1, 1))),
    ]
    assert await in_batches(committer, both, together=together) == [None, Code.TERM_OVERLAPS]


async def test_a_board_planned_to_2018_05_31_and_renewed_on_2018_11_10(
    office: Office, committer: Committer
) -> None:
    await recorded(committer, (*SITTING, RESOLVED))
    [answer] = await record(committer, replace(RENEWED, command_id=uuid4()))
    overdue = "SELECT planned_end < $2 AND NOT ended FROM term WHERE id = $1 AND valid @> $2::date"
    (eighth,) = await office.fetch("SELECT renews FROM term WHERE id = $1", NINTH)
    assert await office.value(overdue, eighth[0], OVERDUE) is True
    for day, president, directors in (
        (OVERDUE, {LI}, {WANG, ZHANG}),
        (EVE, {LI}, {WANG, ZHANG}),
        (ELECTED, {ZHAO}, {WANG, LI}),
    ):
        found = {
            post: {person for (person,) in await office.fetch(_HOLDERS, post, day)}
            for post in (PRESIDENT, DIRECTOR)
        }
        assert found == {PRESIDENT: president, DIRECTOR: directors}, day
    written = await office.fetch(
        "SELECT DISTINCT command_id, recorded_at, count(*) OVER () FROM registry.event"
        " WHERE effective_on = $1 AND topic <> 'instrument.issued'",
        ELECTED,
    )
    assert written == [(answer.command_id, answer.recorded_at, 8)]


async def test_a_renewal_fails_whole(office: Office, committer: Committer) -> None:
    await recorded(committer, (*SITTING, RESOLVED))
    before = await office.value("SELECT position FROM registry.head")
    full = (*RENEWED.roster, line(ZHANG, PRESIDENT))
    assert codes(await send(committer, fresh(RENEWED, roster=full))) == [Code.SEATS_TAKEN]
    assert await office.value("SELECT position FROM registry.head") == before
    assert await office.fetch("SELECT FROM term WHERE id = $1", NINTH) == []


async def test_a_dissolved_body_takes_its_posts_terms_and_appointments_along(
    office: Office, committer: Committer
) -> None:
    await recorded(committer, SITTING)
    plain = DissolveOrganization(organization=COUNCIL, effective_on=ELECTED, **BY)
    assert codes(await send(committer, fresh(plain))) == [Code.DANGLING]
    rules = tuple(KindRule(reference=kind) for kind in ("POST_OF", "TERM_OF", "APPOINTED_TO", "IN_TERM"))
    await record(committer, fresh(plain, rules=rules))
    left = "SELECT count(*) FROM appointment WHERE NOT ended AND valid @> $1::date"
    assert [await office.value(left, day) for day in (EVE, ELECTED)] == [3, 0]
    assert await office.value("SELECT count(*) FROM post WHERE abolished") == 2
    assert committer.defects == 0
