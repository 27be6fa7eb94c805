"""What can happen to a term (届的事件)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from registry.events import Event
from registry.references import KindRule

TERM_OF = "TERM_OF"
"""The kind of reference from a term to the body that sits for it (届所属机构)."""


class TermOpened(Event, frozen=True, kw_only=True):
    """A body began its term ``number`` (换届, 第几届), planned to end on ``planned_end``.

    ``renews`` is the term before, which the same decision ended (上届).
    """

    topic: ClassVar[str] = "term.opened"

    body: UUID
    number: int
    planned_end: date | None = None
    renews: UUID | None = None
    illustrative: bool = False


class TermExtended(Event, frozen=True, kw_only=True):
    """It was approved that it be planned to end later (延期换届); ``instrument`` cites the approval."""

    topic: ClassVar[str] = "term.extended"

    planned_end: date


class TermAdjusted(Event, frozen=True, kw_only=True):
    """Its roster was changed in the middle; who left and who came are consequences (届中调整, 增补)."""

    topic: ClassVar[str] = "term.adjusted"


class TermEnded(Event, frozen=True, kw_only=True):
    """It really ended, and with it the appointments for it (届满, 提前换届).

    ``rules`` dispose of what else points at it beyond that day. A planned end that passes ends nothing.
    """

    topic: ClassVar[str] = "term.ended"

    rules: tuple[KindRule, ...] = ()


EVENTS: tuple[type[Event], ...] = (TermOpened, TermExtended, TermAdjusted, TermEnded)
