"""Decisions about appointments (任职决策). Pure.

That a seat is free, and that nobody holds a post twice, is decided with the timelines that result: see
:mod:`registry.invariants.seats`.
"""

from __future__ import annotations

from msgspec.structs import asdict

from registry.appointment import commands as c
from registry.appointment import events as e
from registry.appointment.state import APPOINTMENT, Appointment
from registry.commands import Draft
from registry.errors import Code, Refusal
from registry.events import Event
from registry.reads import World, require, require_absent
from registry.time import Period


def appoint(command: c.Appoint, world: World) -> list[Draft]:
    """Make the appointment."""
    require_absent(world, command.appointment, APPOINTMENT)
    event = e.AppointmentMade(
        person=command.person,
        post=command.post,
        mode=command.mode,
        basis=command.basis,
        term=command.term,
        professional=command.professional,
        representing=command.representing,
        until=command.until,
        illustrative=command.illustrative,
        **asdict(command.stamp),
    )
    return _one(command, event)


def end(command: c.EndAppointment, world: World) -> list[Draft]:
    """End it; quiet when it ended on that very day for that reason."""
    entity = require(world, command.appointment, APPOINTMENT)
    for segment in entity.timeline.overlapping(Period(command.effective_on)):
        there = segment.start == command.effective_on and segment.state.ended
        if there and segment.state.end_reason == command.end_reason:
            return []
    _held(command, world)
    return _one(command, e.AppointmentEnded(end_reason=command.end_reason, **asdict(command.stamp)))


def change_representation(command: c.ChangeRepresentation, world: World) -> list[Draft]:
    """Change whom the holder represents; quiet when it is so already."""
    state = _held(command, world)
    unit = None if state.representing is None else state.representing.organization
    if unit == command.representing:
        return []
    event = e.RepresentationChanged(representing=command.representing, **asdict(command.stamp))
    return _one(command, event)


def _held(command: c.AppointmentCommand, world: World) -> Appointment:
    state = require(world, command.appointment, APPOINTMENT).timeline.at(command.effective_on)
    if not isinstance(state, Appointment) or state.ended:
        raise Refusal(Code.NOT_ALIVE, id=command.appointment, date=command.effective_on)
    return state


def _one(command: c.AppointmentCommand, event: Event) -> list[Draft]:
    return [Draft(command.appointment, event)]
