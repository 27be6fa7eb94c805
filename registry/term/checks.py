"""What an event of a term may say, recorded plainly or by a correction (届内容检查). Pure."""

from __future__ import annotations

from datetime import date

from registry.commands import check_date
from registry.errors import Code, Refusal
from registry.events import Event
from registry.term import events as e

NUMBER_LIMIT = 999
"""The highest number of a term; the oldest societies are in their thirties."""


def check_content(event: Event) -> None:
    """Refuse INVALID_INPUT or INVALID_DATE for a term that cannot be, and an extension nobody approved."""
    match event:
        case e.TermOpened():
            if not 1 <= event.number <= NUMBER_LIMIT:
                problem = f"from 1 to {NUMBER_LIMIT} (须为 1 至 {NUMBER_LIMIT})"
                raise Refusal(Code.INVALID_INPUT, field="number", problem=problem)
            if event.planned_end is not None:
                _check_planned_end(event.planned_end, event.effective_on)
        case e.TermExtended():
            check_date("plannedEnd", event.planned_end)
            if event.instrument is None:
                problem = "an extension needs the document that approved it (延期换届须有批准文件)"
                raise Refusal(Code.INVALID_INPUT, field="instrument", problem=problem)
        case _:
            pass


def _check_planned_end(planned: date, opened: date) -> None:
    check_date("plannedEnd", planned)
    if planned <= opened:
        problem = "not after the beginning (须晚于起始日)"
        raise Refusal(Code.INVALID_DATE, field="plannedEnd", date=planned, problem=problem)
