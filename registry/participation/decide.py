"""Decisions about participations (参加决策). Pure."""

from __future__ import annotations

from msgspec.structs import asdict

from registry.commands import Draft
from registry.errors import Code, Refusal
from registry.participation import commands as c
from registry.participation import events as e
from registry.participation.state import PARTICIPATION, Participation
from registry.reads import World, require, require_absent


def begin(command: c.BeginParticipation, world: World) -> list[Draft]:
    """Begin it."""
    require_absent(world, command.participation, PARTICIPATION)
    event = e.ParticipationBegun(
        person=command.person,
        organization=command.organization,
        role=command.role,
        **asdict(command.stamp),
    )
    return [Draft(command.participation, event)]


def end(command: c.EndParticipation, world: World) -> list[Draft]:
    """End it; quiet when it ended before that day."""
    state = require(world, command.participation, PARTICIPATION).timeline.at(command.effective_on)
    if not isinstance(state, Participation):
        raise Refusal(Code.NOT_ALIVE, id=command.participation, date=command.effective_on)
    if state.ended:
        return []
    return [Draft(command.participation, e.ParticipationEnded(**asdict(command.stamp)))]
