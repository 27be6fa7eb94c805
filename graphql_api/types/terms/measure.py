"""The enumerations of measures (改革措施枚举)."""

from __future__ import annotations

from enum import StrEnum

from registry.measure.kinds import Overdue, Recurrence, Role, Stage

SHOWN: dict[type[StrEnum], tuple[str, str]] = {
    Recurrence: ("MeasureRecurrence", "How often a measure is to be fulfilled. 频次。"),
    Role: ("MeasureRole", "What somebody has to do with a measure. 分工。"),
    Stage: ("MeasureState", "How far a measure has come. 措施状态。"),
    Overdue: ("OverdueReason", "In what a measure is overdue. 逾期原因。"),
}

TERMS: tuple[tuple[StrEnum, str], ...] = (
    (Recurrence.ONCE, "一次性"),
    (Recurrence.YEARLY, "每年: at least once in each calendar year."),
    (Recurrence.ONGOING, "长期"),
    (Role.LED_BY, "牵头部门"),
    (Role.SUPPORTED_BY, "配合部门"),
    (Role.RESPONSIBLE, "责任人"),
    (Stage.OPEN, "推进中"),
    (Stage.FULFILLED, "已完成"),
    (Stage.CANCELLED, "已取消"),
    (Overdue.DEADLINE, "时限已过: its deadline is past, and it is not fulfilled."),
    (Overdue.YEAR, "年度未完成: a yearly one that was not fulfilled in a year that is over."),
    (Overdue.FINDING, "整改逾期: what an inspection found was not put right in time."),
)
