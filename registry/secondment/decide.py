"""Decisions about secondments (挂职、交流决策). Pure."""

from __future__ import annotations

from msgspec.structs import asdict

from registry.commands import Draft
from registry.errors import Code, Refusal
from registry.events import Event
from registry.reads import World, require, require_absent
from registry.secondment import commands as c
from registry.secondment import events as e
from registry.secondment.state import SECONDMENT, Secondment, alive, continues


def begin(command: c.BeginSecondment, world: World) -> list[Draft]:
    """Begin it."""
    require_absent(world, command.secondment, SECONDMENT)
    event = e.SecondmentBegun(
        person=command.person,
        home=command.home,
        host=command.host,
        direction=command.direction,
        basis=command.basis,
        duty=command.duty,
        until=command.until,
        illustrative=command.illustrative,
        **asdict(command.stamp),
    )
    return [Draft(command.secondment, event)]


def extend(command: c.ExtendSecondment, world: World) -> list[Draft]:
    """Let it end on another day; quiet when it ends on that day, refused when it ended before."""
    state = _at(command, world)
    event = e.SecondmentExtended(until=command.until, **asdict(command.stamp))
    if not alive(state) and not continues(state, event):
        raise _ended(command, state)
    if alive(state) and state.until == command.until:
        return []
    return [Draft(command.secondment, event)]


def move(command: c.MoveSecondment, world: World) -> list[Draft]:
    """Change who sends and who receives; quiet when it is so already."""
    state = _living(command, world)
    events: list[Event] = []
    if command.home not in (None, state.home):
        events.append(e.HomeChanged(home=command.home, **asdict(command.stamp)))
    if command.host not in (None, state.host):
        events.append(e.HostChanged(host=command.host, **asdict(command.stamp)))
    if command.home == state.host:
        # The host goes first: in between, too, home and host are two.
        events.reverse()
    return [Draft(command.secondment, event) for event in events]


def end(command: c.EndSecondment, world: World) -> list[Draft]:
    """End it; quiet when it was ended on that day."""
    state = _at(command, world)
    if state.broken_off:
        return []
    _living(command, world)
    return [Draft(command.secondment, e.SecondmentEnded(**asdict(command.stamp)))]


def _at(command: c.SecondmentCommand, world: World) -> Secondment:
    """Return what is so of the secondment on the day, ended or not."""
    state = require(world, command.secondment, SECONDMENT).timeline.at(command.effective_on)
    if not isinstance(state, Secondment):
        raise Refusal(Code.NOT_ALIVE, id=command.secondment, date=command.effective_on)
    return state


def _living(command: c.SecondmentCommand, world: World) -> Secondment:
    state = _at(command, world)
    if not alive(state):
        raise _ended(command, state)
    return state


def _ended(command: c.SecondmentCommand, state: Secondment) -> Refusal:
    return Refusal(Code.ALREADY_ENDED, id=command.secondment, ended=state.ended_on, date=command.effective_on)
