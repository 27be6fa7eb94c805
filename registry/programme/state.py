"""A programme as folded from its facts (计划状态). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from registry.errors import Code
from registry.events import Event, Fact
from registry.programme import events as e
from registry.programme.bonds import BONDS
from registry.references import Target
from registry.timeline import Conflict, Noun


class Participant(Struct, frozen=True):
    """An organization takes part, because of the fact at ``position``."""

    organization: UUID
    position: int


class Programme(Struct, frozen=True, kw_only=True):
    """What is so of one programme during a period.

    ``running`` and ``ending`` are the positions of the facts that say who runs it and until when.
    """

    name: str
    owner: UUID
    running: int
    launched_on: date
    until: date | None
    ending: int
    illustrative: bool
    position: int
    instrument: UUID | None
    ended_on: date | None = None
    closed: bool = False
    participants: tuple[Participant, ...] = ()


def _launched(fact: Fact, event: e.ProgrammeLaunched) -> Programme:
    return Programme(
        name=event.name,
        owner=event.owner,
        running=fact.position,
        launched_on=event.effective_on,
        until=event.until,
        ending=fact.position,
        illustrative=event.illustrative,
        position=fact.position,
        instrument=event.instrument,
    )


def _changed(state: Programme, fact: Fact) -> Programme:
    return replace(state, position=fact.position, instrument=fact.event.instrument)


def _extended(state: Programme, fact: Fact) -> Programme:
    """Let it go on; on the very day of its end, too, for then it has not been away."""
    event = fact.event
    assert isinstance(event, e.ProgrammeExtended)
    return replace(_changed(state, fact), until=event.until, ending=fact.position, ended_on=None)


def _handed_over(state: Programme, fact: Fact) -> Programme:
    event = fact.event
    assert isinstance(event, e.ProgrammeHandedOver)
    if event.owner == state.owner:
        return state
    return replace(_changed(state, fact), owner=event.owner, running=fact.position)


def _enrolled(state: Programme, fact: Fact) -> Programme:
    event = fact.event
    assert isinstance(event, e.ProgrammeEnrolled)
    if takes_part(state, event.organization):
        return state
    participant = Participant(event.organization, fact.position)
    return replace(state, participants=(*state.participants, participant))


def _left(state: Programme, fact: Fact) -> Programme | Conflict:
    event = fact.event
    assert isinstance(event, e.ProgrammeLeft)
    if not takes_part(state, event.organization):
        details = {
            "child": state.name,
            "relation": e.ENROLLED,
            "superior": event.organization,
            "date": event.effective_on,
        }
        return Conflict(Code.NO_SUCH_RELATION, fact, details)
    kept = tuple(p for p in state.participants if p.organization != event.organization)
    return replace(state, participants=kept)


def _closed(state: Programme, fact: Fact) -> Programme:
    return replace(_changed(state, fact), ended_on=fact.event.effective_on, closed=True)


_EVOLVE: dict[type[Event], Callable[[Programme, Fact], Programme | Conflict]] = {
    e.ProgrammeExtended: _extended,
    e.ProgrammeHandedOver: _handed_over,
    e.ProgrammeEnrolled: _enrolled,
    e.ProgrammeLeft: _left,
    e.ProgrammeClosed: _closed,
}


def evolve(state: Programme | None, fact: Fact) -> Programme | Conflict:
    """Return the programme after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.ProgrammeLaunched):
        return _launched(fact, event) if state is None else Conflict(Code.ALREADY_EXISTS, fact, {})
    if state is None:
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    if not alive(state) and not continues(state, event):
        return Conflict(Code.ALREADY_ENDED, fact, {"ended": state.ended_on, "date": event.effective_on})
    return _EVOLVE[type(event)](state, fact)


def takes_part(state: Programme, organization: UUID) -> bool:
    """Say whether an organization is enrolled."""
    return any(participant.organization == organization for participant in state.participants)


def continues(state: Programme, event: Event) -> bool:
    """Say whether ``event`` extends a programme on the very day on which it ended by itself."""
    extended = isinstance(event, e.ProgrammeExtended) and not state.closed
    return extended and event.effective_on == state.ended_on


def lapse(state: Programme, fact: Fact) -> Programme:
    """Return the programme once ``fact`` ended by itself: over, unless another fact says until when."""
    if state.ending != fact.position or not alive(state):
        return state
    return replace(state, ended_on=fact.event.lapses_on)


def alive(state: Programme) -> bool:
    """Say whether the programme goes on."""
    return state.ended_on is None


def targets(state: Programme) -> Iterable[Target]:
    """Yield who runs it and who takes part in it."""
    if not alive(state):
        return
    yield Target(e.RUNS_PROGRAMME, state.owner, state.running)
    for participant in state.participants:
        yield Target(e.ENROLLED, participant.organization, participant.position)


def identifiers(_state: Programme) -> Iterable[tuple[str, str]]:
    """Yield nothing: programmes bear no identifiers."""
    return ()


PROGRAMME = Noun("programme", e.EVENTS, evolve, lapse, alive, targets, identifiers, BONDS)
