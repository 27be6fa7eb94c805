"""What each command to a programme records, why it is refused, and when there is nothing to record."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from registry.commands import Command
from registry.correction.commands import RetractEvent
from registry.errors import Code
from registry.ids import stable_id
from registry.programme import commands as c
from registry.programme import events as e
from registry.programme.state import Programme, alive
from registry.references import KindRule
from tests.support.affairs import AROUND, DAY, LAST, LATER, LI, MECHANICS, OFFICE, PEOPLE, dissolved
from tests.support.dalian import CITY, SOCIETY
from tests.support.given import BY, Given, given

PLAN = stable_id("学会能力提升计划")


def launched(**given: Any) -> c.LaunchProgramme:  # noqa: ANN401 - any field that the command has
    fields = {"programme": PLAN, "name": "学会能力提升计划", "owner": OFFICE, "effective_on": DAY}
    return c.LaunchProgramme(**{**fields, **BY, **given})


def enrolled(organization: UUID, on: date = DAY) -> c.EnrollInProgramme:
    return c.EnrollInProgramme(programme=PLAN, organization=organization, effective_on=on, **BY)


def left(organization: UUID, on: date = LATER) -> c.LeaveProgramme:
    return c.LeaveProgramme(programme=PLAN, organization=organization, effective_on=on, **BY)


def closed(on: date = LATER) -> c.CloseProgramme:
    return c.CloseProgramme(programme=PLAN, effective_on=on, **BY)


def state(history: Given, day: date) -> Programme:
    found = history.register.state(PLAN, day)
    assert isinstance(found, Programme)
    return found


def participants(history: Given, day: date) -> list[UUID]:
    return [participant.organization for participant in state(history, day).participants]


def test_launching_enrolls_the_first_participants() -> None:
    given(*AROUND).when(launched(until=LAST, participants=(SOCIETY,), illustrative=True)).then(
        e.ProgrammeLaunched(
            name="学会能力提升计划", owner=OFFICE, until=LAST, illustrative=True, effective_on=DAY
        ),
        e.ProgrammeEnrolled(organization=SOCIETY, effective_on=DAY),
    )
    given(*AROUND, launched()).when(launched()).then_refused(Code.ALREADY_EXISTS, id=PLAN)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": ""}, Code.INVALID_INPUT),
        ({"name": "计" * 300}, Code.INVALID_INPUT),
        ({"until": date(2015, 4, 30)}, Code.INVALID_DATE),
        ({"participants": (SOCIETY, SOCIETY)}, Code.INVALID_INPUT),
        ({"participants": (LI,)}, Code.WRONG_NOUN),
        ({"owner": stable_id("无")}, Code.NOT_FOUND),
    ],
)
def test_launching_what_cannot_be_is_refused(wrong: dict[str, Any], code: Code) -> None:
    given(*AROUND, *PEOPLE).when(launched(**wrong)).then_refused(code)


def test_enrolling_and_leaving() -> None:
    history = given(*AROUND, launched())
    history.when(enrolled(SOCIETY)).then(e.ProgrammeEnrolled(organization=SOCIETY, effective_on=DAY))
    history.when(enrolled(SOCIETY, LATER)).then_nothing()
    history.when(left(SOCIETY)).then(e.ProgrammeLeft(organization=SOCIETY, effective_on=LATER))
    history.when(left(SOCIETY, LAST)).then_refused(Code.NO_SUCH_RELATION, superior=SOCIETY)
    assert participants(history, DAY) == [SOCIETY]
    assert participants(history, LATER) == []


def test_leaving_and_enrolling_again_on_one_day() -> None:
    history = given(*AROUND, launched(participants=(SOCIETY,)), left(SOCIETY), enrolled(SOCIETY, LATER))
    assert participants(history, LATER) == [SOCIETY]


def test_a_programme_ends_by_itself_and_everybody_s_part_with_it() -> None:
    history = given(*AROUND, launched(until=LATER, participants=(SOCIETY,)))
    assert alive(state(history, date(2016, 4, 30)))
    assert not alive(state(history, LATER))
    assert [r.end for r in history.register.references_to(SOCIETY) if r.kind == e.ENROLLED] == [LATER]


def test_extending_before_and_on_the_day_of_the_end_but_not_after() -> None:
    def extended(on: date, until: date | None = LAST) -> c.ExtendProgramme:
        return c.ExtendProgramme(programme=PLAN, until=until, effective_on=on, **BY)

    history = given(*AROUND, launched(until=LATER, participants=(SOCIETY,)))
    history.when(extended(date(2016, 5, 2))).then_refused(Code.ALREADY_ENDED, ended=LATER)
    history.when(extended(LATER)).then(e.ProgrammeExtended(until=LAST, effective_on=LATER))
    history.when(extended(date(2016, 6, 1))).then_nothing()
    history.when(extended(date(2016, 6, 1), None)).then_recorded("programme.extended")
    assert participants(history, LAST) == [SOCIETY]


def test_handing_over() -> None:
    command = c.HandOverProgramme(programme=PLAN, owner=CITY, effective_on=LATER, **BY)
    history = given(*AROUND, launched())
    history.when(command).then(e.ProgrammeHandedOver(owner=CITY, effective_on=LATER))
    history.when(command).then_nothing()


def test_closing() -> None:
    history = given(*AROUND, launched(participants=(SOCIETY,)))
    history.when(closed()).then(e.ProgrammeClosed(effective_on=LATER))
    history.when(closed()).then_nothing()
    assert not alive(state(history, LATER))


@pytest.mark.parametrize(
    "command",
    [
        enrolled(MECHANICS, LAST),
        left(SOCIETY, LAST),
        c.HandOverProgramme(programme=PLAN, owner=CITY, effective_on=LAST, **BY),
        c.ExtendProgramme(programme=PLAN, effective_on=LATER, **BY),
    ],
)
def test_what_is_closed_does_nothing_any_more(command: Command) -> None:
    history = given(*AROUND, launched(participants=(SOCIETY,)), closed())
    history.when(command).then_refused(Code.ALREADY_ENDED, ended=LATER)


def test_nothing_happens_to_a_programme_before_it_is_launched() -> None:
    given(*AROUND, launched()).when(closed(date(2015, 1, 1))).then_refused(Code.NOT_ALIVE, id=PLAN)
    given(*AROUND).when(closed()).then_refused(Code.NOT_FOUND, noun="programme", id=PLAN)


def test_what_a_dissolved_participant_and_runner_leave_dangles_in_turn() -> None:
    history = given(*AROUND, launched(participants=(SOCIETY,)))
    refusal = history.when(dissolved(OFFICE)).then_refused(Code.DANGLING, count=1)
    assert "RUNS_PROGRAMME" in refusal.details["list"]
    refusal = history.when(dissolved(SOCIETY)).then_refused(Code.DANGLING, count=1)
    assert "ENROLLED" in refusal.details["list"]


def test_rules_end_a_part_or_let_another_take_it() -> None:
    ended = given(*AROUND, launched(participants=(SOCIETY, MECHANICS)))
    ended.when(dissolved(SOCIETY, rules=(KindRule(reference=e.ENROLLED),))).then_recorded(
        "organization.dissolved", "programme.left"
    )
    assert participants(ended, LATER) == [MECHANICS]
    moved = given(*AROUND, launched(participants=(SOCIETY,)))
    moved.when(dissolved(SOCIETY, rules=(KindRule(reference=e.ENROLLED, move_to=MECHANICS),))).then_recorded(
        "organization.dissolved", "programme.left", "programme.enrolled"
    )
    assert participants(moved, LATER) == [MECHANICS]


def test_a_rule_to_where_somebody_takes_part_already_enrolls_nobody_twice() -> None:
    history = given(*AROUND, launched(participants=(SOCIETY, MECHANICS)))
    history.given(dissolved(SOCIETY, rules=(KindRule(reference=e.ENROLLED, move_to=MECHANICS),)))
    assert participants(history, LATER) == [MECHANICS]


def test_a_rule_hands_the_programme_of_a_dissolved_department_over() -> None:
    history = given(*AROUND, launched())
    rule = KindRule(reference=e.RUNS_PROGRAMME, move_to=CITY)
    history.when(dissolved(OFFICE, rules=(rule,))).then_recorded(
        "organization.dissolved", "programme.handed_over"
    )
    assert state(history, LATER).owner == CITY


def test_retracting_the_enrollment_takes_the_disposition_of_it_along() -> None:
    history = given(*AROUND, launched(), enrolled(SOCIETY))
    history.given(dissolved(SOCIETY, rules=(KindRule(reference=e.ENROLLED, move_to=MECHANICS),)))
    position = history.register.fact(PLAN, e.ProgrammeEnrolled).position
    history.when(RetractEvent(entity=PLAN, position=position, effective_on=DAY, **BY)).then_recorded(
        "correction.retracted", "correction.retracted", "correction.retracted"
    )
    assert participants(history, LATER) == []
