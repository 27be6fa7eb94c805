"""Events of measures: of each the least that it says, and, last, one that gives every field."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from registry.events import Event
from registry.measure import events as m
from registry.measure.kinds import Recurrence, Role
from registry.time import Precision

ONE, TWO, DOCUMENT = (UUID(int=n) for n in (1, 2, 0xD0C))
LEAST: dict[str, Any] = {"effective_on": date(2019, 1, 1)}
MOST: dict[str, Any] = {
    "effective_on": date(2019, 3, 1),
    "precision": Precision.MONTH,
    "assumed": True,
    "instrument": DOCUMENT,
    "clause": "第三条",
    "reason": "依据《改革分工方案》",
}

EXAMPLES: dict[type[Event], list[Event]] = {
    m.MeasureSet: [
        m.MeasureSet(code="M-2.1-01", title="优化整合内设机构", plan_clause="二(一)", **LEAST),
        m.MeasureSet(
            code="M-6.1-05",
            title="党委每年专题研究科协工作",
            plan_clause="六(一)",
            deadline=date(2020, 1, 1),
            deadline_precision=Precision.YEAR,
            deadline_assumed=True,
            recurrence=Recurrence.YEARLY,
            first_year=2018,
            illustrative=True,
            **MOST,
        ),
    ],
    m.MeasureAssigned: [
        m.MeasureAssigned(role=Role.LED_BY, assignee=ONE, **LEAST),
        m.MeasureAssigned(role=Role.RESPONSIBLE, assignee=TWO, **MOST),
    ],
    m.MeasureRelieved: [
        m.MeasureRelieved(role=Role.SUPPORTED_BY, assignee=ONE, **LEAST),
        m.MeasureRelieved(role=Role.LED_BY, assignee=TWO, **MOST),
    ],
    m.DeadlineMoved: [
        m.DeadlineMoved(**LEAST),
        m.DeadlineMoved(
            deadline=date(2020, 6, 1), deadline_precision=Precision.MONTH, deadline_assumed=True, **MOST
        ),
    ],
    m.MilestoneSet: [m.MilestoneSet(name="方案印发", due=date(2019, 6, 30), **MOST)],
    m.MilestoneReached: [m.MilestoneReached(name="方案印发", **MOST)],
    m.ProgressReported: [
        m.ProgressReported(**LEAST),
        m.ProgressReported(percent=60, note="已完成机构调整", **MOST),
    ],
    m.InspectionRecorded: [
        m.InspectionRecorded(finding=ONE, text="进度滞后", **LEAST),
        m.InspectionRecorded(finding=TWO, text="台账不全", due=date(2019, 9, 1), **MOST),
    ],
    m.FindingClosed: [m.FindingClosed(finding=TWO, **MOST)],
    m.EvidenceCited: [
        m.EvidenceCited(position=7, **LEAST),
        m.EvidenceCited(position=2**40, note="机构改革方案通过", **MOST),
    ],
    m.MeasureFulfilled: [m.MeasureFulfilled(**LEAST), m.MeasureFulfilled(**MOST)],
    m.MeasureCancelled: [m.MeasureCancelled(**LEAST), m.MeasureCancelled(**MOST)],
}
