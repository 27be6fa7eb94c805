"""Decisions about programmes (计划决策). Pure."""

from __future__ import annotations

from msgspec.structs import asdict

from registry.commands import Draft
from registry.errors import Code, Refusal
from registry.events import Event
from registry.programme import commands as c
from registry.programme import events as e
from registry.programme.state import PROGRAMME, Programme, alive, continues, takes_part
from registry.reads import World, require, require_absent


def launch(command: c.LaunchProgramme, world: World) -> list[Draft]:
    """Launch it, then enroll each participant on the same day."""
    require_absent(world, command.programme, PROGRAMME)
    if len(set(command.participants)) < len(command.participants):
        raise Refusal(Code.INVALID_INPUT, field="participants", problem="the same one twice (重复)")
    launched = e.ProgrammeLaunched(
        name=command.name,
        owner=command.owner,
        until=command.until,
        illustrative=command.illustrative,
        **asdict(command.stamp),
    )
    enrolled = (
        e.ProgrammeEnrolled(organization=organization, **asdict(command.stamp))
        for organization in command.participants
    )
    return [Draft(command.programme, event) for event in (launched, *enrolled)]


def extend(command: c.ExtendProgramme, world: World) -> list[Draft]:
    """Let it end on another day; quiet when it ends on that day, refused when it ended before."""
    state = _at(command, world)
    event = e.ProgrammeExtended(until=command.until, **asdict(command.stamp))
    if not alive(state) and not continues(state, event):
        raise _ended(command, state)
    if alive(state) and state.until == command.until:
        return []
    return _one(command, event)


def hand_over(command: c.HandOverProgramme, world: World) -> list[Draft]:
    """Hand it over; quiet when that organization runs it already."""
    if _living(command, world).owner == command.owner:
        return []
    return _one(command, e.ProgrammeHandedOver(owner=command.owner, **asdict(command.stamp)))


def enroll(command: c.EnrollInProgramme, world: World) -> list[Draft]:
    """Enroll an organization; quiet when it takes part already."""
    if takes_part(_living(command, world), command.organization):
        return []
    return _one(command, e.ProgrammeEnrolled(organization=command.organization, **asdict(command.stamp)))


def leave(command: c.LeaveProgramme, world: World) -> list[Draft]:
    """Let an organization leave; refused when it does not take part on that day."""
    _living(command, world)
    return _one(command, e.ProgrammeLeft(organization=command.organization, **asdict(command.stamp)))


def close(command: c.CloseProgramme, world: World) -> list[Draft]:
    """Close it; quiet when it is closed on that day."""
    if _at(command, world).closed:
        return []
    _living(command, world)
    return _one(command, e.ProgrammeClosed(**asdict(command.stamp)))


def _at(command: c.ProgrammeCommand, world: World) -> Programme:
    """Return what is so of the programme on the day, ended or not."""
    state = require(world, command.programme, PROGRAMME).timeline.at(command.effective_on)
    if not isinstance(state, Programme):
        raise Refusal(Code.NOT_ALIVE, id=command.programme, date=command.effective_on)
    return state


def _living(command: c.ProgrammeCommand, world: World) -> Programme:
    state = _at(command, world)
    if not alive(state):
        raise _ended(command, state)
    return state


def _ended(command: c.ProgrammeCommand, state: Programme) -> Refusal:
    return Refusal(Code.ALREADY_ENDED, id=command.programme, ended=state.ended_on, date=command.effective_on)


def _one(command: c.ProgrammeCommand, event: Event) -> list[Draft]:
    return [Draft(command.programme, event)]
