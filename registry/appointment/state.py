"""An appointment as folded from its facts (任职状态). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from registry.appointment import events as e
from registry.appointment.bonds import BONDS
from registry.appointment.kinds import Basis, EndReason, Mode
from registry.errors import Code
from registry.events import Event, Fact
from registry.references import Target
from registry.timeline import Conflict, Noun


class Representing(Struct, frozen=True):
    """The holder represents ``organization``, because of the fact at ``position``."""

    organization: UUID
    position: int


class Appointment(Struct, frozen=True, kw_only=True):
    """What is so of one appointment during a period; ``made`` is the fact that made it."""

    person: UUID
    post: UUID
    term: UUID | None
    mode: Mode
    basis: Basis
    professional: bool
    illustrative: bool
    made: int
    made_on: date
    position: int
    instrument: UUID | None
    representing: Representing | None = None
    ended: bool = False
    end_reason: EndReason | None = None


def _made(event: e.AppointmentMade, position: int) -> Appointment:
    unit = event.representing
    return Appointment(
        person=event.person,
        post=event.post,
        term=event.term,
        mode=event.mode,
        basis=event.basis,
        professional=event.professional,
        illustrative=event.illustrative,
        made=position,
        made_on=event.effective_on,
        position=position,
        instrument=event.instrument,
        representing=None if unit is None else Representing(unit, position),
    )


def _representation_changed(state: Appointment, fact: Fact) -> Appointment:
    event = fact.event
    assert isinstance(event, e.RepresentationChanged)
    unit = event.representing
    if unit == (None if state.representing is None else state.representing.organization):
        return state
    representing = None if unit is None else Representing(unit, fact.position)
    return replace(state, representing=representing, position=fact.position, instrument=event.instrument)


def _ended(state: Appointment, fact: Fact) -> Appointment:
    event = fact.event
    assert isinstance(event, e.AppointmentEnded)
    return replace(
        state,
        ended=True,
        end_reason=event.end_reason,
        representing=None,
        position=fact.position,
        instrument=event.instrument,
    )


_EVOLVE: dict[type[Event], Callable[[Appointment, Fact], Appointment]] = {
    e.RepresentationChanged: _representation_changed,
    e.AppointmentEnded: _ended,
}


def evolve(state: Appointment | None, fact: Fact) -> Appointment | Conflict:
    """Return the appointment after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.AppointmentMade):
        return _made(event, fact.position) if state is None else Conflict(Code.ALREADY_EXISTS, fact, {})
    if state is None or state.ended:
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    return _EVOLVE[type(event)](state, fact)


def lapse(state: Appointment, fact: Fact) -> Appointment:
    """Return the appointment at the end that it was made with, unless it ended before."""
    if state.ended or fact.position != state.made:
        return state
    return replace(state, ended=True, end_reason=EndReason.EXPIRED, representing=None, position=fact.position)


def alive(state: Appointment) -> bool:
    """Say whether the person holds the post."""
    return not state.ended


def targets(state: Appointment) -> Iterable[Target]:
    """Yield the post, the person, the term, and whom the holder represents."""
    if state.ended:
        return
    yield Target(e.APPOINTED_TO, state.post, state.made)
    yield Target(e.APPOINTEE, state.person, state.made)
    if state.term is not None:
        yield Target(e.IN_TERM, state.term, state.made)
    if state.representing is not None:
        yield Target(e.REPRESENTS, state.representing.organization, state.representing.position)


def identifiers(_state: Appointment) -> Iterable[tuple[str, str]]:
    """Yield nothing: that a person holds a post once is looked at with aliases of the person in mind."""
    return ()


APPOINTMENT = Noun("appointment", e.EVENTS, evolve, lapse, alive, targets, identifiers, BONDS)
