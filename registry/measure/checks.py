"""What an event of a measure may say, recorded plainly or by a correction (措施内容检查). Pure."""

from __future__ import annotations

from datetime import date

from registry.commands import check_date, check_name, check_text
from registry.errors import Code, Refusal
from registry.events import Event
from registry.measure import events as e
from registry.measure.kinds import Recurrence, last_day
from registry.time import EARLIEST, FOREVER

_CODE_LIMIT = 64
_WHOLE = 100


def check_content(event: Event) -> None:
    """Refuse INVALID_INPUT or INVALID_DATE for what no measure can be, or nobody can read."""
    match event:
        case e.MeasureSet():
            _check_set(event)
        case e.DeadlineMoved():
            _check_deadline(event)
            if event.reason is None and event.instrument is None:
                problem = "a deadline is not moved without saying why (调整时限须说明事由或依据)"
                raise Refusal(Code.INVALID_INPUT, field="reason", problem=problem)
        case e.MilestoneSet():
            check_name("name", event.name)
            check_date("due", event.due)
        case e.MilestoneReached():
            check_name("name", event.name)
        case e.ProgressReported():
            _check_progress(event)
        case e.InspectionRecorded():
            check_text("text", event.text)
            if event.due is not None:
                check_date("due", event.due)
                _check_ahead("due", event.due, event.effective_on)
        case e.EvidenceCited():
            check_text("note", event.note)
        case _:
            pass


def _check_set(event: e.MeasureSet) -> None:
    check_name("code", event.code, _CODE_LIMIT)
    check_name("title", event.title)
    check_name("planClause", event.plan_clause, _CODE_LIMIT)
    _check_deadline(event)
    if event.first_year is None:
        return
    if event.recurrence is not Recurrence.YEARLY:
        problem = "only a yearly measure has one (仅每年性措施适用)"
        raise Refusal(Code.INVALID_INPUT, field="firstYear", problem=problem)
    if not EARLIEST.year <= event.first_year < FOREVER.year:
        raise Refusal(Code.INVALID_INPUT, field="firstYear", problem="out of range (超出范围)")


def _check_deadline(event: e.MeasureSet | e.DeadlineMoved) -> None:
    if event.deadline is not None:
        check_date("deadline", event.deadline, event.deadline_precision)
        last = last_day(event.deadline, event.deadline_precision)
        _check_ahead("deadline", last, event.effective_on)


def _check_ahead(field: str, day: date, since: date) -> None:
    if day < since:
        problem = f"past already on {since} (早于 {since})"
        raise Refusal(Code.INVALID_DATE, field=field, date=day, problem=problem)


def _check_progress(event: e.ProgressReported) -> None:
    check_text("note", event.note)
    if event.percent is None:
        if event.note is None:
            problem = "neither per cent nor words (进度和说明至少填一项)"
            raise Refusal(Code.INVALID_INPUT, field="note", problem=problem)
    elif not 0 <= event.percent <= _WHOLE:
        raise Refusal(Code.INVALID_INPUT, field="percent", problem="not from 0 to 100 (须为 0 至 100)")
