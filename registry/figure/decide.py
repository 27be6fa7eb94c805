"""Decisions about figures (上报数据决策). Pure."""

from __future__ import annotations

from msgspec.structs import asdict

from registry.commands import Draft
from registry.errors import Code, Refusal
from registry.figure import commands as c
from registry.figure import events as e
from registry.figure.state import FIGURE, Figure
from registry.reads import World, require, require_absent


def report(command: c.ReportFigure, world: World) -> list[Draft]:
    """Report it."""
    require_absent(world, command.figure, FIGURE)
    event = e.FigureReported(
        organization=command.organization,
        indicator=command.indicator,
        period_start=command.period_start,
        period_end=command.period_end,
        value=command.value,
        unit=command.unit,
        source=command.source,
        illustrative=command.illustrative,
        **asdict(command.stamp),
    )
    return [Draft(command.figure, event)]


def withdraw(command: c.WithdrawFigure, world: World) -> list[Draft]:
    """Withdraw it; quiet when it is withdrawn on that day."""
    state = require(world, command.figure, FIGURE).timeline.at(command.effective_on)
    if not isinstance(state, Figure):
        raise Refusal(Code.NOT_ALIVE, id=command.figure, date=command.effective_on)
    if state.withdrawn:
        return []
    return [Draft(command.figure, e.FigureWithdrawn(**asdict(command.stamp)))]
