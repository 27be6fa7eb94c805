"""What every event carries, and an event as it stands in the log (事件).

Events are frozen facts in the past tense. The log stores them under an explicit ``topic``, never under a
Python path, so that modules may move. A shape that changes raises ``class_version`` and adds
``upcast_vN_vN+1`` (the protocol of the ``eventsourcing`` library); folds only ever see the newest shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import ClassVar, NamedTuple
from uuid import UUID

from msgspec import Struct

from registry.time import Precision


class Event(Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A fact about one entity, valid from ``effective_on``.

    ``assumed`` marks a date that the source does not give. ``instrument`` and ``clause`` cite the document
    that decided it (依据文件), ``reason`` says why in free text.

    ``personal`` names the fields that hold personal data (个人信息). They are of exactly one person: the one
    in the field ``person``, else the one whose stream it is. The log keeps them in an envelope of their own.

    ``final`` says that it is never corrected: what it tells of is that something was said (不作更正).
    """

    topic: ClassVar[str] = ""
    class_version: ClassVar[int] = 1
    personal: ClassVar[frozenset[str]] = frozenset()
    blank: ClassVar[Mapping[str, object]] = MappingProxyType({})
    final: ClassVar[bool] = False

    effective_on: date
    precision: Precision = Precision.DAY
    assumed: bool = False
    instrument: UUID | None = None
    clause: str | None = None
    reason: str | None = None

    @property
    def lapses_on(self) -> date | None:
        """The day on which the fact ends by itself, if it has one."""
        return None

    @property
    def cited_positions(self) -> tuple[int, ...]:
        """The positions of other events of the log that this one speaks of; they must be there."""
        return ()

    @property
    def acts_on(self) -> date:
        """The day on which consequences of this event on other streams take effect."""
        return self.effective_on

    @property
    def acts_precision(self) -> Precision:
        """How exactly :attr:`acts_on` is known."""
        return self.precision

    @property
    def acts_assumed(self) -> bool:
        """Whether the source does not give :attr:`acts_on`."""
        return self.assumed


class Stamp(Struct, frozen=True, gc=False, kw_only=True):
    """The date and source that the events of a command carry (日期与依据)."""

    effective_on: date
    precision: Precision = Precision.DAY
    assumed: bool = False
    instrument: UUID | None = None
    clause: str | None = None
    reason: str | None = None


def stamp_of(act: Event) -> Stamp:
    """Return the date and source that consequences of ``act`` carry."""
    return Stamp(
        effective_on=act.acts_on,
        precision=act.acts_precision,
        assumed=act.acts_assumed,
        instrument=act.instrument,
        clause=act.clause,
        reason=act.reason,
    )


class LastingEvent(Event, frozen=True, gc=False, kw_only=True):
    """A fact that may carry its own end: valid in ``[effective_on, until)``."""

    until: date | None = None

    @property
    def lapses_on(self) -> date | None:
        """The day on which the fact ends by itself."""
        return self.until


class Recorded(Struct, frozen=True, gc=False):
    """An event as it stands in the log (已入账事件).

    ``position`` is its place in the one order of the log, from 1 without gaps; ``originator_version`` its
    place in its stream, from 1 without gaps. ``cause`` is the position of the act it is a consequence of.
    ``corrects`` is the position of the event of the same stream that it amends or retracts. ``erased`` are
    the people whose data it held, and holds no more. ``submitter`` is who proposed what ``actor`` approved.
    """

    originator_id: UUID
    originator_version: int
    position: int
    event: Event
    recorded_at: datetime
    actor: str
    command_id: UUID
    cause: int | None = None
    corrects: int | None = None
    erased: frozenset[UUID] = frozenset()
    submitter: str | None = None


class Fact(NamedTuple):
    """An event with its corrections applied, keeping the position of the original (更正后的事实)."""

    position: int
    event: Event
