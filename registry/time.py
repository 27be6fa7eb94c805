"""Valid time: civil dates, half-open periods, and the precision a date is known to (有效时间).

A period is ``[start, end)``; an open end is :data:`FOREVER`. The registry's civil calendar is that of China:
*today* is the date in Asia/Shanghai, computed once per request and passed on as data.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

FOREVER = date.max
"""The open end of a period. PostgreSQL sees it as an unbounded range, never as a date."""

EARLIEST = date(1840, 1, 1)
"""No association, society or document of the register is older; an earlier date is a typing error."""

CIVIL_ZONE = ZoneInfo("Asia/Shanghai")


class Precision(StrEnum):
    """How exactly a date is known (日期精度). A month is stored as its first day, a year as 1 January."""

    DAY = "DAY"
    MONTH = "MONTH"
    YEAR = "YEAR"

    def fits(self, day: date) -> bool:
        """Say whether ``day`` is how a date of this precision is written down."""
        match self:
            case Precision.DAY:
                return True
            case Precision.MONTH:
                return day.day == 1
            case Precision.YEAR:
                return day.day == 1 and day.month == 1


class Period(NamedTuple):
    """A half-open period of days ``[start, end)`` (期间); ``end`` is :data:`FOREVER` when open."""

    start: date
    end: date = FOREVER

    def covers(self, day: date) -> bool:
        """Say whether ``day`` lies inside."""
        return self.start <= day < self.end

    def overlap(self, other: Period) -> Period | None:
        """Return the days common to both periods, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start < end else None


def within(period: Period, periods: tuple[Period, ...]) -> bool:
    """Say whether ``period`` lies inside the union of ``periods`` (sorted, disjoint, coalesced)."""
    return any(outer.start <= period.start and period.end <= outer.end for outer in periods)


def subtract(periods: tuple[Period, ...], removed: tuple[Period, ...]) -> tuple[Period, ...]:
    """Return what of ``periods`` is in none of ``removed``; all sorted and disjoint."""
    rest = list(periods)
    for hole in removed:
        split: list[Period] = []
        for period in rest:
            if period.overlap(hole) is None:
                split.append(period)
                continue
            if period.start < hole.start:
                split.append(Period(period.start, hole.start))
            if hole.end < period.end:
                split.append(Period(hole.end, period.end))
        rest = split
    return tuple(rest)


class Clock(Protocol):
    """Where the outer layers read the time; the domain never does (时钟)."""

    def now(self) -> datetime:
        """Return the current instant, with its zone."""
        ...


def civil_date(instant: datetime) -> date:
    """Return the calendar day in China on which ``instant`` falls."""
    return instant.astimezone(CIVIL_ZONE).date()
