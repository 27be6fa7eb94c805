"""A term renewed or adjusted with its roster: one act, which a correction moves or undoes whole."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from registry.appointment.commands import EndedAppointment
from registry.appointment.events import AppointmentEnded, AppointmentMade
from registry.appointment.kinds import Basis, EndReason, Mode
from registry.commands import Command
from registry.correction.commands import AmendEvent, RetractEvent
from registry.errors import Code
from registry.ids import stable_id
from registry.post.kinds import Title
from registry.renewal.commands import AdjustTerm, RenewTerm
from registry.router import draft
from registry.settlement import survey
from registry.term.commands import EndTerm
from registry.term.events import TermAdjusted, TermEnded, TermOpened
from tests.support.council import (
    COUNCIL,
    DIRECTOR,
    EIGHTH,
    ELECTED,
    LI,
    NINTH,
    PRESIDENT,
    RESOLUTION,
    RESOLVED,
    SITTING,
    WANG,
    ZHANG,
    ZHAO,
    appoint,
    held,
    line,
    post,
    term,
)
from tests.support.given import BY, Given, given

OVERDUE, EVE = date(2018, 9, 1), date(2018, 11, 9)
RENEWED = RenewTerm(
    command_id=UUID(int=9),
    actor="tester",
    term=NINTH,
    renews=EIGHTH,
    planned_end=date(2023, 11, 10),
    roster=(line(ZHAO, PRESIDENT), line(WANG, number=9), line(LI)),
    instrument=RESOLUTION,
    effective_on=ELECTED,
)
ADJUSTED = AdjustTerm(
    term=EIGHTH,
    ended=(EndedAppointment(id=held(WANG, DIRECTOR), end_reason=EndReason.RECALLED),),
    made=(line(ZHAO, basis=Basis.CO_OPTED), line(LI, DIRECTOR)),
    effective_on=OVERDUE,
    **BY,
)


def holders(history: Given, where: UUID, day: date) -> set[UUID]:
    """Return who holds a post on a day."""
    states = (entity.timeline.at(day) for entity in history.register.entities.values())
    return {state.person for state in states if getattr(state, "post", None) == where and not state.ended}


def test_an_overdue_board_sits_until_it_is_renewed_under_one_command() -> None:
    history = given(*SITTING, RESOLVED)
    records = history.when(RENEWED).records
    assert [record.event.topic for record in records] == [
        "term.opened",
        "term.ended",
        *["appointment.ended"] * 3,
        *["appointment.made"] * 3,
    ]
    assert {record.command_id for record in records} == {UUID(int=9)}
    assert {record.event.instrument for record in records} == {RESOLUTION}
    assert [record.cause for record in records] == [None, *[records[0].position] * 7]
    eighth = history.register.state(EIGHTH, OVERDUE)
    assert (eighth.ended, eighth.planned_end < OVERDUE) == (False, True)
    for day in (OVERDUE, EVE):
        assert holders(history, PRESIDENT, day) == {LI}
        assert holders(history, DIRECTOR, day) == {WANG, ZHANG}
    assert holders(history, PRESIDENT, ELECTED) == {ZHAO}
    assert holders(history, DIRECTOR, ELECTED) == {WANG, LI}


def test_the_act_says_what_it_opens_and_ends() -> None:
    history = given(*SITTING, RESOLVED)
    cited: dict[str, Any] = {"instrument": RESOLUTION, "effective_on": ELECTED}
    over = AppointmentEnded(end_reason=EndReason.TERM_ENDED, **cited)
    elected: dict[str, Any] = {"term": NINTH, "mode": Mode.PART_TIME, "basis": Basis.ELECTED, **cited}
    history.when(RENEWED).then(
        TermOpened(body=COUNCIL, number=9, planned_end=date(2023, 11, 10), renews=EIGHTH, **cited),
        TermEnded(**cited),
        over,
        over,
        over,
        AppointmentMade(person=ZHAO, post=PRESIDENT, **elected),
        AppointmentMade(person=WANG, post=DIRECTOR, **elected),
        AppointmentMade(person=LI, post=DIRECTOR, **elected),
    )


def test_a_renewal_is_carried_out_as_it_was_previewed_or_not_at_all() -> None:
    history = given(*SITTING, RESOLVED)
    register = history.register
    seen = survey(register, RENEWED, draft(RENEWED, register), register.place).preview
    history.given(appoint(ZHAO, on=OVERDUE))
    previewed = replace(RENEWED, preview=seen)
    history.when(previewed).then_refused(Code.PREVIEW_CHANGED)
    again = survey(register, RENEWED, draft(RENEWED, register), register.place).preview
    assert len(history.when(replace(RENEWED, preview=again)).records) == 9


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (replace(RENEWED, renews=stable_id("无此届")), Code.NOT_FOUND),
        (replace(RENEWED, renews=COUNCIL), Code.WRONG_NOUN),
        (replace(RENEWED, term=EIGHTH), Code.ALREADY_EXISTS),
        (replace(RENEWED, roster=(line(ZHAO), line(ZHAO))), Code.INVALID_INPUT),
        (replace(RENEWED, roster=(line(WANG),)), Code.ALREADY_EXISTS),
        (replace(RENEWED, roster=(line(stable_id("无此人")),)), Code.NOT_FOUND),
        (replace(RENEWED, roster=(line(ZHAO, stable_id("无此职务")),)), Code.NOT_FOUND),
        (replace(RENEWED, roster=(line(LI, PRESIDENT, 9), line(ZHAO, PRESIDENT))), Code.SEATS_TAKEN),
        (replace(RENEWED, roster=(line(ZHAO, number=1), line(ZHAO, number=2))), Code.ALREADY_HOLDS),
        (replace(RENEWED, number=0), Code.INVALID_INPUT),
        (replace(RENEWED, effective_on=date(2013, 5, 30)), Code.NOT_ALIVE),
    ],
)
def test_a_renewal_that_cannot_be_changes_nothing(wrong: Command, code: Code) -> None:
    history = given(*SITTING, RESOLVED)
    head = history.register.head
    history.when(wrong).then_refused(code)
    assert history.register.head == head


def test_a_term_that_ended_is_not_renewed() -> None:
    history = given(*SITTING, RESOLVED, EndTerm(term=EIGHTH, effective_on=OVERDUE, **BY))
    history.when(RENEWED).then_refused(Code.NOT_ALIVE, id=EIGHTH, date=ELECTED)


def test_a_renewal_moves_whole_to_another_day_and_back() -> None:
    history = given(*SITTING, RESOLVED, RENEWED)
    opened = history.register.fact(NINTH, TermOpened)
    later = AmendEvent(
        entity=NINTH,
        position=opened.position,
        replacement=replace(opened.event, effective_on=date(2018, 11, 17)),
        effective_on=ELECTED,
        **BY,
    )
    history.when(later).then_recorded(*["correction.amended"] * 8)
    assert holders(history, DIRECTOR, date(2018, 11, 16)) == {WANG, ZHANG}
    assert holders(history, DIRECTOR, date(2018, 11, 17)) == {WANG, LI}
    earlier = replace(later, replacement=replace(opened.event, effective_on=OVERDUE))
    history.when(earlier).then_recorded(*["correction.amended"] * 8)
    assert holders(history, PRESIDENT, OVERDUE) == {ZHAO}


def test_a_renewal_is_undone_whole() -> None:
    history = given(*SITTING, RESOLVED)
    before = {key: entity.timeline.segments for key, entity in history.register.entities.items()}
    history.given(RENEWED)
    opened = history.register.fact(NINTH, TermOpened)
    undone = RetractEvent(entity=NINTH, position=opened.position, effective_on=ELECTED, **BY)
    history.when(undone).then_recorded(*["correction.retracted"] * 8)
    after = {key: entity.timeline.segments for key, entity in history.register.entities.items()}
    assert {key: segments for key, segments in after.items() if segments} == before
    history.when(RENEWED).then_recorded(
        "term.opened", "term.ended", *["appointment.ended"] * 3, *["appointment.made"] * 3
    )


def test_who_is_recorded_late_for_the_old_term_leaves_by_the_renewal() -> None:
    history = given(*SITTING, RESOLVED, RENEWED)
    made, ended = history.when(appoint(ZHAO, on=OVERDUE)).records
    assert made.cause is None
    assert ended.event == AppointmentEnded(
        end_reason=EndReason.TERM_ENDED, effective_on=ELECTED, instrument=RESOLUTION
    )
    assert ended.cause == history.register.fact(NINTH, TermOpened).position


def test_adjusting() -> None:
    history = given(*SITTING)
    records = history.when(ADJUSTED).records
    elected: dict[str, Any] = {
        "term": EIGHTH,
        "mode": Mode.PART_TIME,
        "effective_on": OVERDUE,
        "post": DIRECTOR,
    }
    assert [record.event for record in records] == [
        TermAdjusted(effective_on=OVERDUE),
        AppointmentEnded(end_reason=EndReason.RECALLED, effective_on=OVERDUE),
        AppointmentMade(person=ZHAO, basis=Basis.CO_OPTED, **elected),
        AppointmentMade(person=LI, basis=Basis.ELECTED, **elected),
    ]
    assert [record.cause for record in records] == [None, *[records[0].position] * 3]
    assert holders(history, DIRECTOR, OVERDUE) == {ZHANG, ZHAO, LI}


def test_an_adjustment_without_anybody_is_none() -> None:
    given(*SITTING).when(replace(ADJUSTED, ended=(), made=())).then_nothing()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (replace(ADJUSTED, ended=()), Code.SEATS_TAKEN),
        (replace(ADJUSTED, ended=ADJUSTED.ended * 2), Code.INVALID_INPUT),
        (replace(ADJUSTED, made=(line(ZHAO), line(ZHAO))), Code.INVALID_INPUT),
        (replace(ADJUSTED, ended=(EndedAppointment(id=stable_id("无此任职")),)), Code.NOT_FOUND),
        (replace(ADJUSTED, ended=(EndedAppointment(id=held(ZHAO, DIRECTOR)),)), Code.NOT_FOUND),
        (replace(ADJUSTED, effective_on=date(2012, 1, 1)), Code.NOT_ALIVE),
    ],
)
def test_an_adjustment_that_cannot_be_changes_nothing(wrong: Command, code: Code) -> None:
    given(*SITTING).when(wrong).then_refused(code)


def test_only_appointments_for_the_term_are_ended_by_an_adjustment() -> None:
    secretary = stable_id("秘书长")
    history = given(*SITTING)
    history.given(post(secretary, Title.SECRETARY_GENERAL), appoint(ZHAO, secretary, term=None))
    other = replace(ADJUSTED, ended=(EndedAppointment(id=held(ZHAO, secretary)),), made=())
    history.when(other).then_refused(Code.INVALID_INPUT, field="ended")
    gone = replace(ADJUSTED, made=(), effective_on=date(2018, 10, 1))
    history.given(replace(ADJUSTED, made=()))
    history.when(gone).then_refused(Code.NOT_ALIVE, id=held(WANG, DIRECTOR))


def test_an_adjustment_is_undone_whole() -> None:
    history = given(*SITTING, ADJUSTED)
    act = history.register.fact(EIGHTH, TermAdjusted)
    undone = RetractEvent(entity=EIGHTH, position=act.position, effective_on=OVERDUE, **BY)
    history.when(undone).then_recorded(*["correction.retracted"] * 4)
    assert holders(history, DIRECTOR, OVERDUE) == {WANG, ZHANG}


def test_an_adjustment_is_of_a_term_that_is_there() -> None:
    given(*SITTING[:-4]).when(ADJUSTED).then_refused(Code.NOT_FOUND, noun="term", id=EIGHTH)
    given(*SITTING[:-4], term()).when(replace(ADJUSTED, term=COUNCIL)).then_refused(Code.WRONG_NOUN)
