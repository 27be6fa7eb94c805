"""Decisions about posts (职务决策). Pure.

That a post is never held by more than it has seats is decided with the timelines that result: see
:mod:`registry.invariants.seats`.
"""

from __future__ import annotations

from msgspec.structs import asdict

from registry.commands import Draft
from registry.disposal import carry_out
from registry.errors import Code, Refusal
from registry.events import Event
from registry.post import commands as c
from registry.post import events as e
from registry.post.state import POST, Post
from registry.reads import World, require, require_absent
from registry.supposition import Supposition
from registry.time import Period


def establish(command: c.EstablishPost, world: World) -> list[Draft]:
    """Establish it."""
    require_absent(world, command.post, POST)
    event = e.PostEstablished(
        organization=command.organization,
        title=command.title,
        name=command.name,
        seats=command.seats,
        elected=command.elected,
        illustrative=command.illustrative,
        **asdict(command.stamp),
    )
    return _one(command, event)


def rename(command: c.RenamePost, world: World) -> list[Draft]:
    """Rename it; quiet when it is called so already."""
    if _living(command, world).name == command.name:
        return []
    return _one(command, e.PostRenamed(name=command.name, **asdict(command.stamp)))


def change_seats(command: c.ChangeSeats, world: World) -> list[Draft]:
    """Change its seats; quiet when it has so many already."""
    if _living(command, world).seats == command.seats:
        return []
    return _one(command, e.SeatsChanged(seats=command.seats, **asdict(command.stamp)))


def move(command: c.MovePost, world: World) -> list[Draft]:
    """Move it; quiet when it is there already."""
    if _living(command, world).place.organization == command.organization:
        return []
    return _one(command, e.PostMoved(organization=command.organization, **asdict(command.stamp)))


def abolish(command: c.AbolishPost, world: World) -> list[Draft]:
    """Abolish it, disposing of the appointments; quiet when it was abolished on that very day."""
    entity = require(world, command.post, POST)
    for segment in entity.timeline.overlapping(Period(command.effective_on)):
        if segment.start == command.effective_on and segment.state.abolished:
            return []
    _living(command, world)
    act = Draft(command.post, e.PostAbolished(rules=command.rules, **asdict(command.stamp)))
    return [act, *carry_out(Supposition(world, [act]), command.dispositions, command.stamp)]


def _living(command: c.PostCommand, world: World) -> Post:
    state = require(world, command.post, POST).timeline.at(command.effective_on)
    if not isinstance(state, Post) or state.abolished:
        raise Refusal(Code.NOT_ALIVE, id=command.post, date=command.effective_on)
    return state


def _one(command: c.PostCommand, event: Event) -> list[Draft]:
    return [Draft(command.post, event)]
