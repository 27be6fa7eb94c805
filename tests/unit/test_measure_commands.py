"""What each command to a measure records, why it is refused, and when there is nothing to record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registry.commands import Command
from registry.correction.commands import AmendEvent, RetractEvent
from registry.errors import Code
from registry.ids import stable_id
from registry.measure import commands as c
from registry.measure import events as e
from registry.measure.kinds import Recurrence, Role, Stage
from registry.measure.state import Deadline
from registry.time import Precision
from tests.support.dalian import CITY, DEPARTMENTS, OFFICE, PROPAGANDA
from tests.support.given import BY, Given, given

MEASURE, OTHER = stable_id("measure"), stable_id("another measure")
FINDING = stable_id("finding")
DAY, LATER, END = date(2018, 6, 1), date(2019, 3, 1), date(2020, 12, 31)
ON: dict[str, Any] = {"measure": MEASURE, "effective_on": LATER, **BY}


def set_measure(**more: Any) -> c.SetMeasure:  # noqa: ANN401 - fields of the command
    content = {
        "measure": MEASURE,
        "code": "M-2.1-01",
        "title": "优化整合内设机构",
        "plan_clause": "二(一)",
        "lead": OFFICE,
        "deadline": END,
        "effective_on": DAY,
        **BY,
    }
    return c.SetMeasure(**{**content, **more})


def a_measure(**more: Any) -> Given:  # noqa: ANN401 - fields of the command
    return given(*DEPARTMENTS, set_measure(**more))


def test_setting_a_measure_gives_everybody_a_part_by_an_event_each() -> None:
    command = set_measure(
        supporting=(PROPAGANDA, CITY),
        deadline=date(2020, 1, 1),
        deadline_precision=Precision.YEAR,
        deadline_assumed=True,
        recurrence=Recurrence.YEARLY,
        first_year=2019,
        illustrative=True,
    )
    given(*DEPARTMENTS).when(command).then(
        e.MeasureSet(
            effective_on=DAY,
            code="M-2.1-01",
            title="优化整合内设机构",
            plan_clause="二(一)",
            deadline=date(2020, 1, 1),
            deadline_precision=Precision.YEAR,
            deadline_assumed=True,
            recurrence=Recurrence.YEARLY,
            first_year=2019,
            illustrative=True,
        ),
        e.MeasureAssigned(effective_on=DAY, role=Role.LED_BY, assignee=OFFICE),
        e.MeasureAssigned(effective_on=DAY, role=Role.SUPPORTED_BY, assignee=PROPAGANDA),
        e.MeasureAssigned(effective_on=DAY, role=Role.SUPPORTED_BY, assignee=CITY),
    )


def test_a_code_is_that_of_one_measure_until_it_is_cancelled() -> None:
    history = a_measure()
    again = set_measure(measure=OTHER, effective_on=LATER)
    history.when(again).then_refused(Code.MEASURE_CODE_TAKEN, value="M-2.1-01", holder=MEASURE)
    history.given(c.FulfillMeasure(**ON)).when(again).then_refused(Code.MEASURE_CODE_TAKEN)
    history = a_measure().given(c.CancelMeasure(**ON))
    history.when(again).then_recorded("measure.set", "measure.assigned")


def test_setting_is_refused_when_the_id_is_taken() -> None:
    a_measure().when(set_measure(code="M-9")).then_refused(Code.ALREADY_EXISTS, id=MEASURE)
    a_measure().when(set_measure(measure=OFFICE)).then_refused(Code.ALREADY_EXISTS, id=OFFICE)


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"title": "名" * 300}, Code.INVALID_INPUT, "title"),
        ({"title": " "}, Code.INVALID_INPUT, "title"),
        ({"code": "M" * 65}, Code.INVALID_INPUT, "code"),
        ({"plan_clause": ""}, Code.INVALID_INPUT, "planClause"),
        ({"supporting": (CITY, CITY)}, Code.INVALID_INPUT, "supporting"),
        ({"supporting": (OFFICE,)}, Code.INVALID_INPUT, "supporting"),
        ({"first_year": 2018}, Code.INVALID_INPUT, "firstYear"),
        ({"first_year": 99999, "recurrence": Recurrence.YEARLY}, Code.INVALID_INPUT, "firstYear"),
        ({"deadline": date(2018, 5, 31)}, Code.INVALID_DATE, "deadline"),
        (
            {"deadline": date(2018, 5, 1), "deadline_precision": Precision.MONTH},
            Code.INVALID_DATE,
            "deadline",
        ),
        (
            {"deadline": date(2020, 2, 29), "deadline_precision": Precision.MONTH},
            Code.INVALID_DATE,
            "deadline",
        ),
    ],
)
def test_what_no_measure_can_be_is_refused(more: dict[str, Any], code: Code, field: str) -> None:
    given(*DEPARTMENTS).when(set_measure(**more)).then_refused(code, field=field)


def test_a_deadline_in_the_month_it_is_set_is_still_ahead() -> None:
    more = {"deadline": date(2018, 6, 1), "deadline_precision": Precision.MONTH}
    given(*DEPARTMENTS).when(set_measure(effective_on=date(2018, 6, 30), **more)).then_recorded(
        "measure.set", "measure.assigned"
    )


def test_a_leap_day_is_a_deadline() -> None:
    state = a_measure(deadline=date(2020, 2, 29)).register.state(MEASURE, DAY)
    assert state.deadline == Deadline(date(2020, 2, 29))


def test_a_measure_is_led_by_an_organization_that_exists() -> None:
    given(*DEPARTMENTS).when(set_measure(lead=stable_id("nobody"))).then_refused(Code.NOT_FOUND)
    early = set_measure(effective_on=date(2009, 1, 1))
    given(*DEPARTMENTS).when(early).then_refused(Code.OUTSIDE_LIFE, reference="LED_BY", target=OFFICE)
    given(*DEPARTMENTS).when(set_measure(responsible=OFFICE)).then_refused(
        Code.WRONG_NOUN, id=OFFICE, actual="organization", expected="person"
    )


def test_reassigning_replaces_the_lead_and_says_who_supports_it() -> None:
    history = a_measure(supporting=(CITY,))
    command = c.ReassignMeasure(lead=PROPAGANDA, supporting=(OFFICE,), **ON)
    history.when(command).then(
        e.MeasureAssigned(effective_on=LATER, role=Role.LED_BY, assignee=PROPAGANDA),
        e.MeasureRelieved(effective_on=LATER, role=Role.SUPPORTED_BY, assignee=CITY),
        e.MeasureAssigned(effective_on=LATER, role=Role.SUPPORTED_BY, assignee=OFFICE),
    )
    history.when(command).then_nothing()
    history.when(c.ReassignMeasure(**ON)).then_nothing()
    assert {(p.role, p.assignee) for p in history.register.state(MEASURE, LATER).parts} == {
        (Role.LED_BY, PROPAGANDA),
        (Role.SUPPORTED_BY, OFFICE),
    }


def test_reassigning_to_nobody_leaves_it_without_a_lead() -> None:
    history = a_measure()
    history.when(c.ReassignMeasure(lead=None, **ON)).then(
        e.MeasureRelieved(effective_on=LATER, role=Role.LED_BY, assignee=OFFICE)
    )
    assert history.register.state(MEASURE, LATER).parts == ()


def test_one_does_not_support_what_one_leads() -> None:
    history = a_measure(supporting=(CITY,))
    history.when(c.ReassignMeasure(lead=CITY, **ON)).then_refused(Code.INVALID_INPUT, field="supporting")
    history.when(c.ReassignMeasure(supporting=(OFFICE,), **ON)).then_refused(Code.INVALID_INPUT)


def test_moving_a_deadline_says_why() -> None:
    history = a_measure()
    there = date(2021, 6, 30)
    history.when(c.MoveDeadline(deadline=there, **ON)).then_refused(Code.INVALID_INPUT, field="reason")
    command = c.MoveDeadline(deadline=there, reason="机构改革推迟", **ON)
    history.when(command).then(e.DeadlineMoved(effective_on=LATER, deadline=there, reason="机构改革推迟"))
    history.when(command).then_nothing()
    (move,) = history.register.state(MEASURE, LATER).moves
    assert (move.before, move.after, move.reason) == (
        Deadline(END),
        Deadline(there),
        "机构改革推迟",
    )
    assert history.register.state(MEASURE, LATER).original == Deadline(END)


def test_a_deadline_is_not_moved_into_the_past() -> None:
    command = c.MoveDeadline(deadline=date(2019, 2, 28), reason="误", **ON)
    a_measure().when(command).then_refused(Code.INVALID_DATE, field="deadline")


def test_a_deadline_may_be_taken_away() -> None:
    history = a_measure().given(c.MoveDeadline(reason="改为长期推进", **ON))
    assert history.register.state(MEASURE, LATER).deadline is None


def test_milestones_are_set_and_reached() -> None:
    history = a_measure()
    setting = c.SetMilestone(name="方案印发", due=date(2019, 6, 30), **ON)
    reaching = c.ReachMilestone(name="方案印发", **ON)
    history.when(reaching).then_refused(Code.NOT_OF_MEASURE, measure="M-2.1-01", what="方案印发")
    history.when(setting).then(e.MilestoneSet(effective_on=LATER, name="方案印发", due=date(2019, 6, 30)))
    history.when(setting).then_nothing()
    history.when(reaching).then(e.MilestoneReached(effective_on=LATER, name="方案印发"))
    history.when(reaching).then_nothing()
    later = c.SetMilestone(name="方案印发", due=date(2019, 7, 31), **ON)
    history.when(later).then_refused(Code.NOT_ALLOWED_IN_STATUS)


def test_a_milestone_that_was_reached_is_not_unset() -> None:
    history = a_measure().given(
        c.SetMilestone(name="方案印发", due=LATER, **{**ON, "effective_on": DAY}),
        c.ReachMilestone(name="方案印发", **ON),
    )
    record = history.register.fact(MEASURE, e.MilestoneSet)
    command = RetractEvent(entity=MEASURE, position=record.position, effective_on=DAY, **BY)
    history.when(command).then_refused(Code.LATER_EVENT_CONFLICTS, topic="measure.milestone_reached")


def test_progress_is_told_in_per_cent_in_words_or_both() -> None:
    history = a_measure()
    command = c.ReportProgress(percent=0, note="已启动", **ON)
    history.when(command).then(e.ProgressReported(effective_on=LATER, percent=0, note="已启动"))
    history.when(command).then_nothing()
    history.when(c.ReportProgress(percent=100, **ON)).then_recorded("measure.progress_reported")
    history.when(c.ReportProgress(**ON)).then_refused(Code.INVALID_INPUT, field="note")
    for percent in (-1, 101):
        history.when(c.ReportProgress(percent=percent, **ON)).then_refused(
            Code.INVALID_INPUT, field="percent"
        )


def test_findings_are_recorded_and_closed() -> None:
    history = a_measure()
    closing = c.CloseFinding(finding=FINDING, **ON)
    recording = c.RecordInspection(finding=FINDING, text="台账不全", due=date(2019, 4, 1), **ON)
    history.when(closing).then_refused(Code.NOT_OF_MEASURE, what=FINDING)
    history.when(recording).then(
        e.InspectionRecorded(effective_on=LATER, finding=FINDING, text="台账不全", due=date(2019, 4, 1))
    )
    history.when(recording).then_refused(Code.ALREADY_EXISTS, id=FINDING)
    history.when(closing).then(e.FindingClosed(effective_on=LATER, finding=FINDING))
    history.when(closing).then_nothing()
    late = c.RecordInspection(finding=OTHER, text="误", due=DAY, **ON)
    history.when(late).then_refused(Code.INVALID_DATE, field="due")


def test_evidence_is_an_event_that_stands_in_the_log() -> None:
    history = a_measure()
    position = history.register.fact(
        OFFICE, type(history.register.entities[OFFICE].records[0].event)
    ).position
    command = c.CiteEvidence(position=position, note="机构成立", **ON)
    history.when(command).then(e.EvidenceCited(effective_on=LATER, position=position, note="机构成立"))
    history.when(command).then_nothing()
    head = history.register.head
    history.when(c.CiteEvidence(position=head, **ON)).then_recorded("measure.evidence_cited")
    for nothing in (0, -1, head + 2, 2**62):
        history.when(c.CiteEvidence(position=nothing, **ON)).then_refused(Code.NOT_FOUND, id=nothing)


def test_an_amendment_does_not_cite_what_is_not_there_either() -> None:
    history = a_measure().given(c.CiteEvidence(position=1, **ON))
    record = history.register.fact(MEASURE, e.EvidenceCited)
    amending = {"entity": MEASURE, "position": record.position, "effective_on": DAY, **BY}
    wrong = e.EvidenceCited(effective_on=LATER, position=record.position + 9)
    history.when(AmendEvent(replacement=wrong, **amending)).then_refused(Code.NOT_FOUND)
    right = e.EvidenceCited(effective_on=LATER, position=2)
    history.when(AmendEvent(replacement=right, **amending)).then_recorded("correction.amended")


def test_a_measure_done_once_is_fulfilled_and_points_at_nobody_any_more() -> None:
    history = a_measure(supporting=(CITY,))
    history.when(c.FulfillMeasure(**ON)).then(e.MeasureFulfilled(effective_on=LATER))
    history.when(c.FulfillMeasure(**{**ON, "effective_on": END})).then_nothing()
    state = history.register.state(MEASURE, LATER)
    assert (state.stage, len(state.parts)) == (Stage.FULFILLED, 2)
    assert [r.end for r in history.register.entities[MEASURE].references] == [LATER, LATER]


def test_a_yearly_measure_is_fulfilled_year_after_year() -> None:
    history = a_measure(recurrence=Recurrence.YEARLY, deadline=None)
    for day in (LATER, date(2019, 12, 1), date(2020, 1, 1)):
        command = c.FulfillMeasure(**{**ON, "effective_on": day})
        history.when(command).then(e.MeasureFulfilled(effective_on=day))
        history.when(command).then_nothing()
    state = history.register.state(MEASURE, END)
    assert (state.stage, state.first_year) == (Stage.OPEN, 2018)
    assert [done.on.year for done in state.fulfilments] == [2019, 2019, 2020]


def test_inspections_and_evidence_come_after_fulfilment_too_but_nothing_else() -> None:
    history = a_measure().given(c.FulfillMeasure(**ON))
    history.when(c.RecordInspection(finding=FINDING, text="未落实", **ON)).then_recorded(
        "measure.inspection_recorded"
    )
    history.when(c.CloseFinding(finding=FINDING, **ON)).then_recorded("measure.finding_closed")
    history.when(c.CiteEvidence(position=1, **ON)).then_recorded("measure.evidence_cited")
    refused: tuple[Command, ...] = (
        c.ReassignMeasure(lead=CITY, **ON),
        c.MoveDeadline(deadline=END, reason="误", **ON),
        c.SetMilestone(name="甲", due=END, **ON),
        c.ReachMilestone(name="甲", **ON),
        c.ReportProgress(percent=1, **ON),
        c.CancelMeasure(**ON),
    )
    for command in refused:
        history.when(command).then_refused(Code.NOT_ALLOWED_IN_STATUS, id=MEASURE, status="FULFILLED")


def test_a_cancelled_measure_does_nothing_any_more() -> None:
    history = a_measure()
    history.when(c.CancelMeasure(**ON)).then(e.MeasureCancelled(effective_on=LATER))
    history.when(c.CancelMeasure(**ON)).then_nothing()
    for command in (c.FulfillMeasure(**ON), c.CiteEvidence(position=1, **ON)):
        history.when(command).then_refused(Code.NOT_ALLOWED_IN_STATUS, status="CANCELLED")


def test_nothing_happens_to_a_measure_before_it_is_set() -> None:
    early = {**ON, "effective_on": date(2018, 5, 31)}
    a_measure().when(c.FulfillMeasure(**early)).then_refused(Code.NOT_ALIVE, id=MEASURE)
    given().when(c.FulfillMeasure(**ON)).then_refused(Code.NOT_FOUND, noun="measure")


def test_fulfilment_before_a_report_recorded_for_later_is_refused() -> None:
    history = a_measure().given(c.ReportProgress(percent=50, **{**ON, "effective_on": END}))
    history.when(c.FulfillMeasure(**ON)).then_refused(
        Code.LATER_EVENT_CONFLICTS, topic="measure.progress_reported", date=END
    )


def test_retracting_the_setting_takes_the_parts_along_and_frees_the_code() -> None:
    history = a_measure(supporting=(CITY,))
    record = history.register.fact(MEASURE, e.MeasureSet)
    history.given(RetractEvent(entity=MEASURE, position=record.position, effective_on=DAY, **BY))
    assert history.register.entities[MEASURE].references == ()
    history.when(set_measure(measure=OTHER)).then_recorded("measure.set", "measure.assigned")


def test_amending_the_setting_to_another_day_moves_the_parts_with_it() -> None:
    history = a_measure()
    record = history.register.fact(MEASURE, e.MeasureSet)
    assert isinstance(record.event, e.MeasureSet)
    replacement = e.MeasureSet(
        effective_on=date(2018, 7, 1), code="M-2.1-01", title="优化整合内设机构", plan_clause="二(一)"
    )
    correcting = {"entity": MEASURE, "position": record.position, "effective_on": DAY, **BY}
    history.given(AmendEvent(replacement=replacement, **correcting))
    assert [r.start for r in history.register.entities[MEASURE].references] == [date(2018, 7, 1)]
    assert history.register.state(MEASURE, DAY) is None
