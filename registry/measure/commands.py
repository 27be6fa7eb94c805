"""What one may ask of a measure (改革措施命令)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from msgspec import UNSET, UnsetType

from registry.commands import Command
from registry.ids import MEASURE_SCHEME
from registry.measure.kinds import Recurrence
from registry.reads import Needs
from registry.time import Precision


class MeasureCommand(Command, frozen=True, kw_only=True):
    """A command to one measure."""

    measure: UUID

    @property
    def subject(self) -> UUID:
        """The measure."""
        return self.measure


class SetMeasure(MeasureCommand, frozen=True, kw_only=True):
    """Put a measure on the books, with whoever leads it, supports it and answers for it (提出措施)."""

    opens: ClassVar[bool] = True

    code: str
    title: str
    plan_clause: str
    lead: UUID | None = None
    supporting: tuple[UUID, ...] = ()
    responsible: UUID | None = None
    deadline: date | None = None
    deadline_precision: Precision = Precision.DAY
    deadline_assumed: bool = False
    recurrence: Recurrence = Recurrence.ONCE
    first_year: int | None = None
    illustrative: bool = False

    @property
    def needs(self) -> Needs:
        """The measure, whoever has a part in it, and who bears its code."""
        parts = {part for part in (self.lead, *self.supporting, self.responsible) if part is not None}
        return Needs(
            entities=frozenset({self.measure, *parts, *self.cited}),
            identifiers=frozenset({(MEASURE_SCHEME, self.code)}),
        )


class ReassignMeasure(MeasureCommand, frozen=True, kw_only=True):
    """Let others lead it, support it or answer for it (调整分工).

    Unset stays as it is, None is nobody; ``supporting`` names all who support it from then on.
    """

    lead: UUID | UnsetType | None = UNSET
    supporting: tuple[UUID, ...] | UnsetType = UNSET
    responsible: UUID | UnsetType | None = UNSET

    @property
    def needs(self) -> Needs:
        """The measure, and whoever gets a part in it."""
        supporting = () if self.supporting is UNSET else self.supporting
        parts = {part for part in (self.lead, *supporting, self.responsible) if isinstance(part, UUID)}
        return Needs(entities=frozenset({self.measure, *parts, *self.cited}))


class MoveDeadline(MeasureCommand, frozen=True, kw_only=True):
    """Give it another day to be fulfilled by, or none, and say why (调整时限)."""

    deadline: date | None = None
    deadline_precision: Precision = Precision.DAY
    deadline_assumed: bool = False


class SetMilestone(MeasureCommand, frozen=True, kw_only=True):
    """Give a step on the way its day, or another one (设定节点)."""

    name: str
    due: date


class ReachMilestone(MeasureCommand, frozen=True, kw_only=True):
    """Record that a step on the way was taken (节点完成)."""

    name: str


class ReportProgress(MeasureCommand, frozen=True, kw_only=True):
    """Tell how far it is, in per cent, in words, or both (报告进展)."""

    percent: int | None = None
    note: str | None = None


class RecordInspection(MeasureCommand, frozen=True, kw_only=True):
    """Record what an inspection found, under an id of its own (督导)."""

    finding: UUID
    text: str
    due: date | None = None


class CloseFinding(MeasureCommand, frozen=True, kw_only=True):
    """Record that what was found is put right (整改销号)."""

    finding: UUID


class CiteEvidence(MeasureCommand, frozen=True, kw_only=True):
    """Name an event of the log that shows what was done (佐证)."""

    position: int
    note: str | None = None


class FulfillMeasure(MeasureCommand, frozen=True, kw_only=True):
    """Record that it was done; a yearly one, that year (完成)."""


class CancelMeasure(MeasureCommand, frozen=True, kw_only=True):
    """Let nobody have to do it any more (取消)."""
