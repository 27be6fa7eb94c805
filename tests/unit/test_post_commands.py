"""What each command to a post records, why it is refused, and when there is nothing to record."""

from __future__ import annotations

from datetime import date

import pytest

from registry.appointment.events import APPOINTED_TO, AppointmentEnded
from registry.appointment.kinds import EndReason
from registry.commands import Command
from registry.correction.commands import RetractEvent
from registry.dispositions import Action, Disposition
from registry.errors import Code
from registry.ids import stable_id
from registry.organization.commands import DissolveOrganization
from registry.post import commands as c
from registry.post import events as e
from registry.post import kinds
from registry.post.kinds import Title, Usage
from registry.references import KindRule
from tests.support.council import (
    COUNCIL,
    DIRECTOR,
    LI,
    POSTS,
    PRESIDENT,
    SEATED,
    SITTING,
    SOCIETIES,
    WANG,
    ZHANG,
    ZHAO,
    appoint,
    held,
    post,
)
from tests.support.dalian import CITY, SOCIETY
from tests.support.given import BY, given

DAY, LATER = date(2016, 2, 29), date(2017, 1, 1)
GONE = c.AbolishPost(post=DIRECTOR, effective_on=DAY, rules=(KindRule(reference=APPOINTED_TO),), **BY)


def test_establishing() -> None:
    command = post(PRESIDENT, Title.PRESIDENT, name="理事长（法定代表人）", illustrative=True)
    history = given(*SOCIETIES)
    history.when(command).then(
        e.PostEstablished(
            organization=COUNCIL,
            title=Title.PRESIDENT,
            name="理事长（法定代表人）",
            seats=1,
            elected=True,
            illustrative=True,
            effective_on=SEATED,
        )
    )
    history.when(command).then_refused(Code.ALREADY_EXISTS, id=PRESIDENT)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("seats", post(PRESIDENT, Title.PRESIDENT, seats=0)),
        ("seats", post(PRESIDENT, Title.PRESIDENT, seats=10_001)),
        ("name", post(PRESIDENT, Title.OTHER)),
        ("name", post(PRESIDENT, Title.CHAIR, name="名" * 300)),
        ("name", post(PRESIDENT, Title.CHAIR, name=" 主席")),
    ],
)
def test_a_post_that_cannot_be_is_refused(field: str, wrong: Command) -> None:
    given(*SOCIETIES).when(wrong).then_refused(Code.INVALID_INPUT, field=field)


def test_a_post_is_in_an_organization_that_is_there() -> None:
    history = given(*SOCIETIES)
    nowhere = stable_id("无此机构")
    wrong = post(PRESIDENT, Title.PRESIDENT, organization=nowhere)
    history.when(wrong).then_refused(Code.NOT_FOUND, id=nowhere)
    early = post(PRESIDENT, Title.PRESIDENT, effective_on=date(2009, 1, 1))
    history.when(early).then_refused(Code.OUTSIDE_LIFE, target=COUNCIL)


def test_a_title_is_given_while_it_is_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kinds.TITLES, Title.PRESIDENT, Usage(until=SEATED))
    given(*SOCIETIES).when(post(PRESIDENT, Title.PRESIDENT)).then_refused(Code.INVALID_INPUT, field="title")
    monkeypatch.setitem(kinds.TITLES, Title.PRESIDENT, Usage(since=SEATED))
    given(*SOCIETIES).when(post(PRESIDENT, Title.PRESIDENT)).then_recorded("post.established")


def test_renaming() -> None:
    command = c.RenamePost(post=PRESIDENT, name="会长", effective_on=DAY, **BY)
    history = given(*POSTS)
    history.when(command).then(e.PostRenamed(name="会长", effective_on=DAY))
    history.when(command).then_nothing()
    nameless = c.RenamePost(post=PRESIDENT, effective_on=LATER, **BY)
    history.when(nameless).then(e.PostRenamed(effective_on=LATER))
    history.when(c.RenamePost(post=PRESIDENT, name="会\n长", effective_on=LATER, **BY)).then_refused(
        Code.INVALID_INPUT, field="name"
    )


def test_changing_seats() -> None:
    command = c.ChangeSeats(post=DIRECTOR, seats=5, effective_on=DAY, **BY)
    history = given(*SITTING)
    history.when(command).then(e.SeatsChanged(seats=5, effective_on=DAY))
    history.when(command).then_nothing()
    history.when(c.ChangeSeats(post=DIRECTOR, seats=None, effective_on=LATER, **BY)).then(
        e.SeatsChanged(effective_on=LATER)
    )


def test_seats_are_not_lowered_below_the_holders() -> None:
    history = given(*SITTING)
    command = c.ChangeSeats(post=DIRECTOR, seats=1, effective_on=DAY, **BY)
    history.when(command).then_refused(Code.SEATS_TAKEN, post=DIRECTOR, date=DAY, seats=1, holders=2)


def test_seats_are_not_lowered_before_somebody_comes() -> None:
    history = given(*SITTING, appoint(ZHAO, on=LATER))
    command = c.ChangeSeats(post=DIRECTOR, seats=2, effective_on=DAY, **BY)
    history.when(command).then_refused(Code.SEATS_TAKEN, post=DIRECTOR, date=LATER, seats=2, holders=3)


def test_moving_takes_the_holders_along() -> None:
    command = c.MovePost(post=PRESIDENT, organization=SOCIETY, effective_on=DAY, **BY)
    history = given(*SITTING)
    history.when(command).then(e.PostMoved(organization=SOCIETY, effective_on=DAY))
    history.when(command).then_nothing()
    assert not history.register.state(held(LI, PRESIDENT), DAY).ended


def test_abolishing_disposes_of_the_appointments() -> None:
    history = given(*SITTING)
    plain = c.AbolishPost(post=DIRECTOR, effective_on=DAY, **BY)
    refusal = history.when(plain).then_refused(Code.DANGLING, count=2)
    assert str(held(WANG, DIRECTOR)) in refusal.english
    ended = AppointmentEnded(end_reason=EndReason.POST_ABOLISHED, effective_on=DAY)
    history.when(GONE).then(
        e.PostAbolished(rules=(KindRule(reference=APPOINTED_TO),), effective_on=DAY), ended, ended
    )
    history.when(GONE).then_nothing()


def test_abolishing_with_a_disposition_for_each() -> None:
    history = given(*SITTING)
    positions = [
        (held(who, DIRECTOR), history.register.entities[held(who, DIRECTOR)].records[0].position)
        for who in (WANG, ZHANG)
    ]
    each = tuple(
        Disposition(source=source, position=position, action=Action.END) for source, position in positions
    )
    command = c.AbolishPost(post=DIRECTOR, dispositions=each, effective_on=DAY, **BY)
    history.when(command).then_recorded("post.abolished", *["appointment.ended"] * 2)


@pytest.mark.parametrize(
    "command",
    [
        c.RenamePost(post=DIRECTOR, name="委员", effective_on=LATER, **BY),
        c.ChangeSeats(post=DIRECTOR, seats=5, effective_on=LATER, **BY),
        c.MovePost(post=DIRECTOR, organization=CITY, effective_on=LATER, **BY),
        c.AbolishPost(post=DIRECTOR, effective_on=LATER, **BY),
    ],
)
def test_a_post_that_is_abolished_does_nothing_any_more(command: Command) -> None:
    given(*SITTING, GONE).when(command).then_refused(Code.NOT_ALIVE, id=DIRECTOR, date=LATER)


def test_a_dissolved_organization_lists_its_posts() -> None:
    dissolving = DissolveOrganization(organization=COUNCIL, effective_on=DAY, **BY)
    refusal = given(*POSTS).when(dissolving).then_refused(Code.DANGLING, count=2)
    assert "POST_OF" in refusal.english


def test_abolishing_is_retracted_with_the_ends_that_it_caused() -> None:
    history = given(*SITTING)
    before = {key: entity.timeline.segments for key, entity in history.register.entities.items()}
    history.when(GONE).then_recorded("post.abolished", *["appointment.ended"] * 2)
    act = history.register.fact(DIRECTOR, e.PostAbolished)
    history.when(RetractEvent(entity=DIRECTOR, position=act.position, effective_on=DAY, **BY)).then_recorded(
        *["correction.retracted"] * 3
    )
    after = {key: entity.timeline.segments for key, entity in history.register.entities.items()}
    assert after == before
