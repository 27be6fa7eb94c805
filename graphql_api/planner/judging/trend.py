"""The days of a trend (趋势日期)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from graphql import FieldNode

from graphql_api.problems import invalid

DAY_LIMIT = 60
"""Days of a trend at most: each is judged by a statement of its own."""

_MONTHS = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}


class Step(StrEnum):
    """How far the days are apart (间隔)."""

    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


def days_of(
    dates: Sequence[date] | None, first: date | None, last: date, step: Step, nodes: Sequence[FieldNode]
) -> list[date]:
    """Return the days asked for, in order: ``dates``, or from ``first`` in steps, and ``last`` itself.

    Raises GraphQLError for neither, for a beginning after the end, and for too many days.
    """
    if (dates is None) is (first is None):
        raise invalid("from", "give either from or dates", "请填写 from 或 dates 之一", nodes)
    if dates is not None:
        return _few(sorted(set(dates)), nodes)
    assert first is not None
    if first > last:
        raise invalid("from", "it is after to", "晚于终止日期", nodes)
    if (last.year - first.year) * 12 // _MONTHS[step] > DAY_LIMIT:
        raise _many(nodes)
    days: list[date] = []
    count = 0
    while (day := _later(first, count * _MONTHS[step])) is not None and day < last:
        days.append(day)
        count += 1
    return _few([*days, last], nodes)


def _later(day: date, months: int) -> date | None:
    """Return the day so many months later, or the last of its month; None beyond the calendar."""
    year, month = divmod(day.month - 1 + months, 12)
    for back in range(4):
        try:
            return date(day.year + year, month + 1, day.day - back)
        except ValueError:
            continue
    return None


def _few(days: list[date], nodes: Sequence[FieldNode]) -> list[date]:
    if len(days) > DAY_LIMIT:
        raise _many(nodes)
    return days


def _many(nodes: Sequence[FieldNode]) -> Exception:
    return invalid("from", f"a trend has at most {DAY_LIMIT} days", f"最多 {DAY_LIMIT} 个日期", nodes)
