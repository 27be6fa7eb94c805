"""What can happen to a figure (上报数据事件)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from registry.events import Event

REPORTED_BY = "REPORTED_BY"
"""The kind of reference from a figure to the organization that it is about (上报单位)."""


class FigureReported(Event, frozen=True, kw_only=True):
    """An organization's count of something in a period was reported (上报).

    ``indicator`` is a code such as INDIVIDUAL_MEMBERS. Both ``period_start`` and ``period_end`` are in the
    period; they are the same day for a count of one day (时点数).
    """

    topic: ClassVar[str] = "figure.reported"

    organization: UUID
    indicator: str
    period_start: date
    period_end: date
    value: int
    unit: str
    source: str
    illustrative: bool = False


class FigureWithdrawn(Event, frozen=True, kw_only=True):
    """It does not count any more (撤销)."""

    topic: ClassVar[str] = "figure.withdrawn"


EVENTS: tuple[type[Event], ...] = (FigureReported, FigureWithdrawn)
