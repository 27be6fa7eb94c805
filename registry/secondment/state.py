"""A secondment as folded from its facts (挂职、交流状态). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from registry.errors import Code
from registry.events import Event, Fact
from registry.references import Bond, Target, VitalBond
from registry.secondment import events as e
from registry.secondment.kinds import Direction, SecondmentBasis
from registry.timeline import Conflict, Noun


class Secondment(Struct, frozen=True, kw_only=True):
    """What is so of one secondment during a period.

    ``sending``, ``receiving`` and ``ending`` are the positions of the facts that say who sends, who receives
    and until when; ``begun`` that of the first. One that ended keeps what it was.
    """

    person: UUID
    begun: int
    home: UUID
    sending: int
    host: UUID
    receiving: int
    direction: Direction
    basis: SecondmentBasis
    duty: str | None
    begun_on: date
    until: date | None
    ending: int
    illustrative: bool
    position: int
    instrument: UUID | None
    ended_on: date | None = None
    broken_off: bool = False


def _begun(state: Secondment | None, fact: Fact) -> Secondment | Conflict:
    event = fact.event
    assert isinstance(event, e.SecondmentBegun)
    if state is not None:
        return Conflict(Code.ALREADY_EXISTS, fact, {})
    return _elsewhere(
        fact,
        Secondment(
            person=event.person,
            begun=fact.position,
            home=event.home,
            sending=fact.position,
            host=event.host,
            receiving=fact.position,
            direction=event.direction,
            basis=event.basis,
            duty=event.duty,
            begun_on=event.effective_on,
            until=event.until,
            ending=fact.position,
            illustrative=event.illustrative,
            position=fact.position,
            instrument=event.instrument,
        ),
    )


def _elsewhere(fact: Fact, state: Secondment) -> Secondment | Conflict:
    """Return ``state``, in which home and host are two."""
    if state.home != state.host:
        return state
    problem = f"{state.host} is the home, too (派出与接收单位相同)"
    return Conflict(Code.INVALID_INPUT, fact, {"field": "host", "problem": problem})


def _changed(state: Secondment, fact: Fact) -> Secondment:
    return replace(state, position=fact.position, instrument=fact.event.instrument)


def _extended(state: Secondment, fact: Fact) -> Secondment:
    """Let it go on; on the very day of its end, too, for then the person has not been away."""
    event = fact.event
    assert isinstance(event, e.SecondmentExtended)
    return replace(_changed(state, fact), until=event.until, ending=fact.position, ended_on=None)


def _home_changed(state: Secondment, fact: Fact) -> Secondment | Conflict:
    event = fact.event
    assert isinstance(event, e.HomeChanged)
    if event.home == state.home:
        return state
    return _elsewhere(fact, replace(_changed(state, fact), home=event.home, sending=fact.position))


def _host_changed(state: Secondment, fact: Fact) -> Secondment | Conflict:
    event = fact.event
    assert isinstance(event, e.HostChanged)
    if event.host == state.host:
        return state
    return _elsewhere(fact, replace(_changed(state, fact), host=event.host, receiving=fact.position))


def _ended(state: Secondment, fact: Fact) -> Secondment:
    return replace(_changed(state, fact), ended_on=fact.event.effective_on, broken_off=True)


_EVOLVE: dict[type[Event], Callable[[Secondment, Fact], Secondment | Conflict]] = {
    e.SecondmentExtended: _extended,
    e.HomeChanged: _home_changed,
    e.HostChanged: _host_changed,
    e.SecondmentEnded: _ended,
}


def evolve(state: Secondment | None, fact: Fact) -> Secondment | Conflict:
    """Return the secondment after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.SecondmentBegun):
        return _begun(state, fact)
    if state is None:
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    if not alive(state) and not continues(state, event):
        return Conflict(Code.ALREADY_ENDED, fact, {"ended": state.ended_on, "date": event.effective_on})
    return _EVOLVE[type(event)](state, fact)


def continues(state: Secondment, event: Event) -> bool:
    """Say whether ``event`` extends a secondment on the very day on which it ended by itself."""
    extended = isinstance(event, e.SecondmentExtended) and not state.broken_off
    return extended and event.effective_on == state.ended_on


def lapse(state: Secondment, fact: Fact) -> Secondment:
    """Return the secondment once ``fact`` ended by itself: over, unless another fact says until when."""
    if state.ending != fact.position or not alive(state):
        return state
    return replace(state, ended_on=fact.event.lapses_on)


def alive(state: Secondment) -> bool:
    """Say whether the person is there."""
    return state.ended_on is None


def targets(state: Secondment) -> Iterable[Target]:
    """Yield the person, who sends and who receives."""
    if alive(state):
        yield Target(e.SECONDED, state.person, state.begun)
        yield Target(e.HOME, state.home, state.sending)
        yield Target(e.HOST, state.host, state.receiving)


def identifiers(_state: Secondment) -> Iterable[tuple[str, str]]:
    """Yield nothing: secondments bear no identifiers."""
    return ()


BONDS: tuple[Bond, ...] = (
    VitalBond(e.SECONDED, ("person",), "person", e.SecondmentEnded),
    VitalBond(e.HOME, ("organization",), "home", e.SecondmentEnded, e.HomeChanged),
    VitalBond(e.HOST, ("organization",), "host", e.SecondmentEnded, e.HostChanged),
)

SECONDMENT = Noun("secondment", e.EVENTS, evolve, lapse, alive, targets, identifiers, BONDS)
