"""What one may ask of a figure (上报数据命令)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from registry.commands import Command
from registry.ids import FIGURE_SCHEME, figure_key
from registry.reads import Needs


class FigureCommand(Command, frozen=True, kw_only=True):
    """A command to one figure."""

    figure: UUID

    @property
    def subject(self) -> UUID:
        """The figure."""
        return self.figure


class ReportFigure(FigureCommand, frozen=True, kw_only=True):
    """Report a count of an organization for a period, of which both ends are in it (上报)."""

    opens: ClassVar[bool] = True

    organization: UUID
    indicator: str
    period_start: date
    period_end: date
    value: int
    unit: str
    source: str
    illustrative: bool = False

    @property
    def needs(self) -> Needs:
        """The organization, and whether there is such a figure."""
        key = figure_key(self.organization, self.indicator, self.period_start, self.period_end)
        return Needs(
            entities=frozenset({self.figure, self.organization, *self.cited}),
            identifiers=frozenset({(FIGURE_SCHEME, key)}),
        )


class WithdrawFigure(FigureCommand, frozen=True, kw_only=True):
    """Let it count no more (撤销)."""
