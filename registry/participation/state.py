"""A participation as folded from its facts (参加状态). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from registry.errors import Code
from registry.events import Fact
from registry.ids import PARTICIPATION_SCHEME
from registry.participation import events as e
from registry.participation.kinds import ParticipationRole
from registry.references import Bond, Target, VitalBond
from registry.timeline import Conflict, Noun


class Participation(Struct, frozen=True, gc=False, kw_only=True):
    """What is so of one participation for a period; ``said`` is the position of the fact that began it."""

    person: UUID
    organization: UUID
    role: ParticipationRole
    position: int
    instrument: UUID | None
    said: int
    ended: bool = False


def evolve(state: Participation | None, fact: Fact) -> Participation | Conflict:
    """Return the participation after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.ParticipationBegun):
        if state is not None:
            return Conflict(Code.ALREADY_EXISTS, fact, {})
        return Participation(
            person=event.person,
            organization=event.organization,
            role=event.role,
            position=fact.position,
            instrument=event.instrument,
            said=fact.position,
        )
    if state is None or state.ended:
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    return replace(state, ended=True, position=fact.position, instrument=event.instrument)


def lapse(state: Participation, _fact: Fact) -> Participation:
    """Return the state unchanged: no fact of a participation ends by itself."""
    return state


def alive(state: Participation) -> bool:
    """Say whether the person takes part."""
    return not state.ended


def targets(state: Participation) -> Iterable[Target]:
    """Yield the Party organization, unless it was erased, and the person."""
    if state.ended:
        return ()
    person = Target(e.PARTICIPANT, state.person, state.said)
    if state.organization == e.NOWHERE:
        return (person,)
    return (Target(e.PARTICIPATES_IN, state.organization, state.said), person)


def identifiers(state: Participation) -> Iterable[tuple[str, str]]:
    """Yield the person in the organization: one takes part in many, but in each of them once."""
    return () if state.ended else ((PARTICIPATION_SCHEME, f"{state.organization}/{state.person}"),)


BONDS: tuple[Bond, ...] = (
    VitalBond(e.PARTICIPATES_IN, ("organization",), "organization", e.ParticipationEnded),
    VitalBond(e.PARTICIPANT, ("person",), "person", e.ParticipationEnded),
)

PARTICIPATION = Noun("participation", e.EVENTS, evolve, lapse, alive, targets, identifiers, BONDS)
