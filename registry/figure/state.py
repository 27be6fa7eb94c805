"""A figure as folded from its facts (上报数据状态). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from registry.errors import Code
from registry.events import Fact
from registry.figure import events as e
from registry.ids import FIGURE_SCHEME, figure_key
from registry.references import Target, VitalBond
from registry.timeline import Conflict, Noun


class Figure(Struct, frozen=True, kw_only=True):
    """What is so of one figure during a period."""

    organization: UUID
    indicator: str
    period_start: date
    period_end: date
    value: int
    unit: str
    source: str
    illustrative: bool
    position: int
    instrument: UUID | None
    withdrawn: bool = False


def evolve(state: Figure | None, fact: Fact) -> Figure | Conflict:
    """Return the figure after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.FigureReported):
        if state is not None:
            return Conflict(Code.ALREADY_EXISTS, fact, {})
        return Figure(
            organization=event.organization,
            indicator=event.indicator,
            period_start=event.period_start,
            period_end=event.period_end,
            value=event.value,
            unit=event.unit,
            source=event.source,
            illustrative=event.illustrative,
            position=fact.position,
            instrument=event.instrument,
        )
    if state is None or state.withdrawn:
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    return replace(state, withdrawn=True, position=fact.position, instrument=event.instrument)


def lapse(state: Figure, _fact: Fact) -> Figure:
    """Return the state unchanged: no fact of a figure ends by itself."""
    return state


def alive(state: Figure) -> bool:
    """Say whether it counts."""
    return not state.withdrawn


def targets(state: Figure) -> Iterable[Target]:
    """Yield the organization that it is about."""
    return () if state.withdrawn else (Target(e.REPORTED_BY, state.organization, state.position),)


def identifiers(state: Figure) -> Iterable[tuple[str, str]]:
    """Yield of what it is the one figure."""
    if state.withdrawn:
        return ()
    key = figure_key(state.organization, state.indicator, state.period_start, state.period_end)
    return ((FIGURE_SCHEME, key),)


_BONDS = (VitalBond(e.REPORTED_BY, ("organization",), "organization", e.FigureWithdrawn),)

FIGURE = Noun("figure", e.EVENTS, evolve, lapse, alive, targets, identifiers, _BONDS)
