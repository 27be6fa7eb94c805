"""Decisions about functions (职能决策). Pure."""

from __future__ import annotations

from msgspec.structs import asdict

from registry.commands import Draft
from registry.errors import Code, Refusal
from registry.events import Event
from registry.function import commands as c
from registry.function import events as e
from registry.function.state import FUNCTION, Function
from registry.reads import World, require, require_absent


def define(command: c.DefineFunction, world: World) -> list[Draft]:
    """Define it, and assign it on the same day if a holder is given."""
    require_absent(world, command.function, FUNCTION)
    events: list[Event] = [
        e.FunctionDefined(
            name=command.name,
            description=command.description,
            unspecified=command.unspecified,
            illustrative=command.illustrative,
            **asdict(command.stamp),
        )
    ]
    if command.holder is not None:
        events.append(e.FunctionAssigned(holder=command.holder, **asdict(command.stamp)))
    return [Draft(command.function, event) for event in events]


def assign(command: c.AssignFunction, world: World) -> list[Draft]:
    """Assign it; quiet when that organization holds it already."""
    state = _living(command, world)
    if state.holding is not None and state.holding.holder == command.holder:
        return []
    return _one(command, e.FunctionAssigned(holder=command.holder, **asdict(command.stamp)))


def transfer(command: c.TransferFunction, world: World) -> list[Draft]:
    """Hand it over; quiet when the target holds it already, refused when nobody holds it."""
    state = _living(command, world)
    if state.holding is None:
        raise Refusal(Code.NOT_HELD, function=state.name, holder="—", date=command.effective_on)
    if state.holding.holder == command.target:
        return []
    event = e.FunctionTransferred(source=state.holding.holder, target=command.target, **asdict(command.stamp))
    return _one(command, event)


def release(command: c.ReleaseFunction, world: World) -> list[Draft]:
    """Release it; quiet when nobody holds it."""
    state = _living(command, world)
    if state.holding is None:
        return []
    return _one(command, e.FunctionReleased(source=state.holding.holder, **asdict(command.stamp)))


def emphasize(command: c.EmphasizeFunction, world: World) -> list[Draft]:
    """Stress it; quiet when it is stressed already."""
    if _living(command, world).emphasized:
        return []
    return _one(command, e.FunctionEmphasized(**asdict(command.stamp)))


def retire(command: c.RetireFunction, world: World) -> list[Draft]:
    """Retire it; quiet when it is retired on that day."""
    state = require(world, command.function, FUNCTION).timeline.at(command.effective_on)
    if isinstance(state, Function) and state.retired:
        return []
    _living(command, world)
    return _one(command, e.FunctionRetired(**asdict(command.stamp)))


def _living(command: c.FunctionCommand, world: World) -> Function:
    state = require(world, command.function, FUNCTION).timeline.at(command.effective_on)
    if not isinstance(state, Function) or state.retired:
        raise Refusal(Code.NOT_ALIVE, id=command.function, date=command.effective_on)
    return state


def _one(command: c.FunctionCommand, event: Event) -> list[Draft]:
    return [Draft(command.function, event)]
