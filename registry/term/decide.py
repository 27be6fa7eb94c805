"""Decisions about terms (届的决策). Pure.

That a body has one term at a time comes with what must be unique among the living.
"""

from __future__ import annotations

from msgspec.structs import asdict

from registry.commands import Draft
from registry.disposal import carry_out
from registry.errors import Code, Refusal
from registry.events import Event
from registry.reads import World, require, require_absent
from registry.supposition import Supposition
from registry.term import commands as c
from registry.term import events as e
from registry.term.state import TERM, Term
from registry.time import Period


def open_term(command: c.OpenTerm, world: World) -> list[Draft]:
    """Open it."""
    require_absent(world, command.term, TERM)
    if command.renews is not None:
        _require_of_body(command, world)
    event = e.TermOpened(
        body=command.body,
        number=command.number,
        planned_end=command.planned_end,
        renews=command.renews,
        illustrative=command.illustrative,
        **asdict(command.stamp),
    )
    return _one(command, event)


def _require_of_body(command: c.OpenTerm, world: World) -> None:
    """Refuse a term before that is not one of the same body."""
    assert command.renews is not None
    segments = require(world, command.renews, TERM).timeline.segments
    if not segments or segments[-1].state.body != command.body:
        problem = "a term of another body (非同一机构的上届)"
        raise Refusal(Code.INVALID_INPUT, field="renews", problem=problem)


def extend(command: c.ExtendTerm, world: World) -> list[Draft]:
    """Extend it; quiet when it is planned to end then already."""
    if _sitting(command, world).planned_end == command.planned_end:
        return []
    return _one(command, e.TermExtended(planned_end=command.planned_end, **asdict(command.stamp)))


def end(command: c.EndTerm, world: World) -> list[Draft]:
    """End it; quiet when it ended on that very day."""
    entity = require(world, command.term, TERM)
    for segment in entity.timeline.overlapping(Period(command.effective_on)):
        if segment.start == command.effective_on and segment.state.ended:
            return []
    _sitting(command, world)
    act = Draft(command.term, e.TermEnded(**asdict(command.stamp)))
    return [act, *carry_out(Supposition(world, [act]), command.dispositions, command.stamp)]


def _sitting(command: c.TermCommand, world: World) -> Term:
    state = require(world, command.term, TERM).timeline.at(command.effective_on)
    if not isinstance(state, Term) or state.ended:
        raise Refusal(Code.NOT_ALIVE, id=command.term, date=command.effective_on)
    return state


def _one(command: c.TermCommand, event: Event) -> list[Draft]:
    return [Draft(command.term, event)]
