"""The words in which a measure is spoken of (改革措施用语)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from enum import StrEnum

from registry.time import Precision


class Recurrence(StrEnum):
    """How often a measure is to be fulfilled (频次)."""

    ONCE = "ONCE"  # 一次性: done, and it is over
    YEARLY = "YEARLY"  # 每年: at least once in each calendar year
    ONGOING = "ONGOING"  # 长期: goes on, until it is said to be done


class Role(StrEnum):
    """What somebody has to do with a measure; the kinds of its references, too (分工)."""

    LED_BY = "LED_BY"  # 牵头部门
    SUPPORTED_BY = "SUPPORTED_BY"  # 配合部门
    RESPONSIBLE = "RESPONSIBLE"  # 责任人

    @property
    def single(self) -> bool:
        """Whether there is one at most at a time."""
        return self is not Role.SUPPORTED_BY

    @property
    def target(self) -> str:
        """The noun of whoever may have the role."""
        return "person" if self is Role.RESPONSIBLE else "organization"


class Stage(StrEnum):
    """How far a measure has come (措施状态)."""

    OPEN = "OPEN"  # 推进中
    FULFILLED = "FULFILLED"  # 已完成
    CANCELLED = "CANCELLED"  # 已取消


class Overdue(StrEnum):
    """In what a measure is overdue; looked at on a day, never recorded (逾期原因)."""

    DEADLINE = "DEADLINE"  # 时限已过: open after its deadline
    YEAR = "YEAR"  # 年度未完成: yearly, and not fulfilled in a year that is over
    FINDING = "FINDING"  # 整改逾期: something found was not put right by its day


def last_day(day: date, precision: Precision) -> date:
    """Return the last day that may be meant by ``day``: who has until May has until the 31st (最迟日)."""
    match precision:
        case Precision.DAY:
            return day
        case Precision.MONTH:
            return day.replace(day=monthrange(day.year, day.month)[1])
        case Precision.YEAR:
            return day.replace(month=12, day=31)
