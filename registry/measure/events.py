"""What can happen to a measure (改革措施事件).

Whoever leads, supports or answers for it is said by an event each, so that each of these references can be
disposed of by itself when a department is dissolved.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from registry.events import Event
from registry.measure.kinds import Recurrence, Role
from registry.time import Precision


class MeasureSet(Event, frozen=True, kw_only=True):
    """A reform came to ask for something (提出措施).

    ``plan_clause`` is the clause of the plan that asks for it, such as 二(一); ``clause``, as in any event,
    says where the document cited has it. ``first_year`` is the first calendar year in which a yearly measure
    is due, None for that of the event. ``deadline_assumed`` marks a deadline that the source does not give.
    """

    topic: ClassVar[str] = "measure.set"

    code: str
    title: str
    plan_clause: str
    deadline: date | None = None
    deadline_precision: Precision = Precision.DAY
    deadline_assumed: bool = False
    recurrence: Recurrence = Recurrence.ONCE
    first_year: int | None = None
    illustrative: bool = False


class MeasureAssigned(Event, frozen=True, kw_only=True):
    """``assignee`` leads it, supports it or answers for it; the first and last replace whoever did (分工)."""

    topic: ClassVar[str] = "measure.assigned"

    role: Role
    assignee: UUID


class MeasureRelieved(Event, frozen=True, kw_only=True):
    """``assignee`` no longer has the role (解除分工)."""

    topic: ClassVar[str] = "measure.relieved"

    role: Role
    assignee: UUID


class DeadlineMoved(Event, frozen=True, kw_only=True):
    """It has until another day, or until no given day (调整时限); a reason or a document says why."""

    topic: ClassVar[str] = "measure.deadline_moved"

    deadline: date | None = None
    deadline_precision: Precision = Precision.DAY
    deadline_assumed: bool = False


class MilestoneSet(Event, frozen=True, kw_only=True):
    """A step on the way is due on a day; the same name again gives it another day (节点)."""

    topic: ClassVar[str] = "measure.milestone_set"

    name: str
    due: date


class MilestoneReached(Event, frozen=True, kw_only=True):
    """A step on the way was taken (节点完成)."""

    topic: ClassVar[str] = "measure.milestone_reached"

    name: str


class ProgressReported(Event, frozen=True, kw_only=True):
    """Whoever leads it told how far it is, in per cent, in words, or both (进展)."""

    topic: ClassVar[str] = "measure.progress_reported"

    percent: int | None = None
    note: str | None = None


class InspectionRecorded(Event, frozen=True, kw_only=True):
    """An inspection found something, to be put right by a day if one is given (督导发现问题)."""

    topic: ClassVar[str] = "measure.inspection_recorded"

    finding: UUID
    text: str
    due: date | None = None


class FindingClosed(Event, frozen=True, kw_only=True):
    """What an inspection had found was put right (整改销号)."""

    topic: ClassVar[str] = "measure.finding_closed"

    finding: UUID


class EvidenceCited(Event, frozen=True, kw_only=True):
    """The event at ``position`` of the log shows that something was done (佐证)."""

    topic: ClassVar[str] = "measure.evidence_cited"

    position: int
    note: str | None = None

    @property
    def cited_positions(self) -> tuple[int, ...]:
        """The event that is evidence."""
        return (self.position,)


class MeasureFulfilled(Event, frozen=True, kw_only=True):
    """It was done (完成); a yearly one, for the calendar year in which that was, and it goes on."""

    topic: ClassVar[str] = "measure.fulfilled"


class MeasureCancelled(Event, frozen=True, kw_only=True):
    """Nobody has to do it any more (取消)."""

    topic: ClassVar[str] = "measure.cancelled"


EVENTS: tuple[type[Event], ...] = (
    MeasureSet,
    MeasureAssigned,
    MeasureRelieved,
    DeadlineMoved,
    MilestoneSet,
    MilestoneReached,
    ProgressReported,
    InspectionRecorded,
    FindingClosed,
    EvidenceCited,
    MeasureFulfilled,
    MeasureCancelled,
)
