"""A function as folded from its facts (职能状态). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from registry.errors import Code
from registry.events import Event, Fact
from registry.function import events as e
from registry.function.bonds import BONDS
from registry.references import Target
from registry.timeline import Conflict, Noun


class Holding(Struct, frozen=True):
    """The function is held by ``holder``, because of the fact at ``position``."""

    holder: UUID
    position: int
    instrument: UUID | None
    clause: str | None


class Function(Struct, frozen=True, kw_only=True):
    """What is so of one function during a period."""

    name: str
    description: str | None
    unspecified: bool
    illustrative: bool
    position: int
    instrument: UUID | None
    emphasized: bool = False
    retired: bool = False
    holding: Holding | None = None


def _held(holder: UUID, fact: Fact) -> Holding:
    return Holding(holder, fact.position, fact.event.instrument, fact.event.clause)


def _assigned(state: Function, fact: Fact) -> Function | Conflict:
    event = fact.event
    assert isinstance(event, e.FunctionAssigned)
    if state.holding is not None and state.holding.holder != event.holder:
        details = {"status": f"held by {state.holding.holder} (已有承接单位)", "date": event.effective_on}
        return Conflict(Code.NOT_ALLOWED_IN_STATUS, fact, details)
    return replace(state, holding=_held(event.holder, fact))


def _transferred(state: Function, fact: Fact) -> Function | Conflict:
    event = fact.event
    assert isinstance(event, e.FunctionTransferred)
    if state.holding is None or state.holding.holder != event.source:
        return _not_held(state, fact, event.source)
    return replace(state, holding=_held(event.target, fact))


def _released(state: Function, fact: Fact) -> Function | Conflict:
    event = fact.event
    assert isinstance(event, e.FunctionReleased)
    if state.holding is None or state.holding.holder != event.source:
        return _not_held(state, fact, event.source)
    return replace(state, holding=None)


def _not_held(state: Function, fact: Fact, holder: UUID) -> Conflict:
    details = {"function": state.name, "holder": holder, "date": fact.event.effective_on}
    return Conflict(Code.NOT_HELD, fact, details)


def _emphasized(state: Function, fact: Fact) -> Function:
    if state.emphasized:
        return state
    return replace(state, emphasized=True, position=fact.position, instrument=fact.event.instrument)


def _retired(state: Function, fact: Fact) -> Function:
    return replace(
        state, retired=True, holding=None, position=fact.position, instrument=fact.event.instrument
    )


_EVOLVE: dict[type[Event], Callable[[Function, Fact], Function | Conflict]] = {
    e.FunctionAssigned: _assigned,
    e.FunctionTransferred: _transferred,
    e.FunctionReleased: _released,
    e.FunctionEmphasized: _emphasized,
    e.FunctionRetired: _retired,
}


def evolve(state: Function | None, fact: Fact) -> Function | Conflict:
    """Return the function after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.FunctionDefined):
        if state is not None:
            return Conflict(Code.ALREADY_EXISTS, fact, {})
        return Function(
            name=event.name,
            description=event.description,
            unspecified=event.unspecified,
            illustrative=event.illustrative,
            position=fact.position,
            instrument=event.instrument,
        )
    if state is None or state.retired:
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    return _EVOLVE[type(event)](state, fact)


def lapse(state: Function, _fact: Fact) -> Function:
    """Return the state unchanged: no fact of a function ends by itself."""
    return state


def alive(state: Function) -> bool:
    """Say whether it is a function of the system."""
    return not state.retired


def targets(state: Function) -> Iterable[Target]:
    """Yield the organization charged with it."""
    return () if state.holding is None else (Target(e.HOLDS, state.holding.holder, state.holding.position),)


def identifiers(_state: Function) -> Iterable[tuple[str, str]]:
    """Yield nothing: functions bear no identifiers."""
    return ()


FUNCTION = Noun("function", e.EVENTS, evolve, lapse, alive, targets, identifiers, BONDS)
