"""What can happen to a programme (计划事件)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from registry.events import Event, LastingEvent

RUNS_PROGRAMME = "RUNS_PROGRAMME"
"""The kind of reference from a programme to the organization that runs it (主办单位)."""

ENROLLED = "ENROLLED"
"""The kind of reference from a programme to an organization enrolled in it (参加单位)."""


class ProgrammeLaunched(LastingEvent, frozen=True, kw_only=True):
    """An organization launched it, for good or until a day (启动)."""

    topic: ClassVar[str] = "programme.launched"

    name: str
    owner: UUID
    illustrative: bool = False


class ProgrammeExtended(LastingEvent, frozen=True, kw_only=True):
    """It ends on another day than was said before, or has no end given (延期)."""

    topic: ClassVar[str] = "programme.extended"


class ProgrammeHandedOver(Event, frozen=True, kw_only=True):
    """Another organization runs it from then on (移交)."""

    topic: ClassVar[str] = "programme.handed_over"

    owner: UUID


class ProgrammeEnrolled(Event, frozen=True, kw_only=True):
    """An organization takes part in it from then on (参加)."""

    topic: ClassVar[str] = "programme.enrolled"

    organization: UUID


class ProgrammeLeft(Event, frozen=True, kw_only=True):
    """An organization takes part in it no longer (退出)."""

    topic: ClassVar[str] = "programme.left"

    organization: UUID


class ProgrammeClosed(Event, frozen=True, kw_only=True):
    """It was closed before its time, or had no end given (结束)."""

    topic: ClassVar[str] = "programme.closed"


EVENTS: tuple[type[Event], ...] = (
    ProgrammeLaunched,
    ProgrammeExtended,
    ProgrammeHandedOver,
    ProgrammeEnrolled,
    ProgrammeLeft,
    ProgrammeClosed,
)
