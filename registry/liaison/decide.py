"""Decisions about liaisons (直接联系科技工作者决策). Pure."""

from __future__ import annotations

from msgspec.structs import asdict

from registry.commands import Draft
from registry.errors import Code, Refusal
from registry.liaison import commands as c
from registry.liaison import events as e
from registry.liaison.state import LIAISON, Liaison, alive
from registry.reads import World, require, require_absent


def begin(command: c.BeginLiaison, world: World) -> list[Draft]:
    """Begin it."""
    require_absent(world, command.liaison, LIAISON)
    event = e.LiaisonBegun(
        cadre=command.cadre,
        scientist=command.scientist,
        illustrative=command.illustrative,
        **asdict(command.stamp),
    )
    return [Draft(command.liaison, event)]


def visit(command: c.RecordVisit, world: World) -> list[Draft]:
    """Record a visit; quiet when just that one on that day is recorded."""
    state = _at(command, world)
    if not alive(state):
        raise Refusal(Code.NOT_ALIVE, id=command.liaison, date=command.effective_on)
    if any((each.visited_on, each.note) == (command.effective_on, command.note) for each in state.visits):
        return []
    event = e.LiaisonVisited(person=state.scientist, note=command.note, **asdict(command.stamp))
    return [Draft(command.liaison, event)]


def end(command: c.EndLiaison, world: World) -> list[Draft]:
    """End it; quiet when it is ended on that day."""
    if not alive(_at(command, world)):
        return []
    return [Draft(command.liaison, e.LiaisonEnded(**asdict(command.stamp)))]


def _at(command: c.LiaisonCommand, world: World) -> Liaison:
    """Return what is so of the liaison on the day, ended or not."""
    state = require(world, command.liaison, LIAISON).timeline.at(command.effective_on)
    if not isinstance(state, Liaison):
        raise Refusal(Code.NOT_ALIVE, id=command.liaison, date=command.effective_on)
    return state
