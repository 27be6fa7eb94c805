"""What an event of a figure may say, recorded plainly or by a correction (上报数据内容检查). Pure."""

from __future__ import annotations

import re

from registry.commands import check_count, check_date, check_name
from registry.errors import Code, Refusal
from registry.events import Event
from registry.figure import events as e
from registry.time import Precision

_INDICATOR = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
_UNIT_LIMIT = 20


def check_content(event: Event) -> None:
    """Refuse INVALID_INPUT or INVALID_DATE for what no report says."""
    if not isinstance(event, e.FigureReported):
        return
    if not _INDICATOR.fullmatch(event.indicator):
        problem = "write capital letters, digits and _, as in MEMBERS (须为大写字母、数字与下划线)"
        raise Refusal(Code.INVALID_INPUT, field="indicator", problem=problem)
    check_count("value", event.value)
    check_name("unit", event.unit, _UNIT_LIMIT)
    check_name("source", event.source)
    check_date("periodStart", event.period_start)
    check_date("periodEnd", event.period_end)
    if event.period_end < event.period_start:
        problem = "before the beginning of the period (早于期间起始日)"
        raise Refusal(Code.INVALID_DATE, field="periodEnd", date=event.period_end, problem=problem)
    if event.precision is Precision.DAY and event.effective_on < event.period_start:
        problem = "after the day of the report (晚于上报日期)"
        raise Refusal(Code.INVALID_DATE, field="periodStart", date=event.period_start, problem=problem)
