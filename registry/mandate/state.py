"""A mandate as folded from its facts (承接事项状态). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from registry.errors import Code
from registry.events import Event, Fact
from registry.mandate import events as e
from registry.mandate.bonds import BONDS
from registry.mandate.kinds import MandateCategory, MandateStatus
from registry.references import Target
from registry.timeline import Conflict, Noun


class Review(Struct, frozen=True):
    """It was reviewed, as the fact at ``position`` says."""

    position: int
    reviewed_on: date
    finding: str
    passed: bool | None
    instrument: UUID | None


class Mandate(Struct, frozen=True, kw_only=True):
    """What is so of one mandate during a period.

    ``holding``, ``granting`` and ``ending`` are the positions of the facts that say who holds it, who grants
    it and until when. One that ended keeps what it was.
    """

    name: str
    category: MandateCategory
    holder: UUID
    holding: int
    grantor: UUID | None
    granting: int
    granted_on: date
    until: date | None
    ending: int
    illustrative: bool
    position: int
    instrument: UUID | None
    status: MandateStatus = MandateStatus.ACTIVE
    ended_on: date | None = None
    reviews: tuple[Review, ...] = ()


def _granted(fact: Fact, event: e.MandateGranted) -> Mandate:
    return Mandate(
        name=event.name,
        category=event.category,
        holder=event.holder,
        holding=fact.position,
        grantor=event.grantor,
        granting=fact.position,
        granted_on=event.effective_on,
        until=event.until,
        ending=fact.position,
        illustrative=event.illustrative,
        position=fact.position,
        instrument=event.instrument,
    )


def _changed(state: Mandate, fact: Fact) -> Mandate:
    return replace(state, position=fact.position, instrument=fact.event.instrument)


def _renewed(state: Mandate, fact: Fact) -> Mandate:
    """Let it go on; on the very day of its end, too, for then it has not been away."""
    event = fact.event
    assert isinstance(event, e.MandateRenewed)
    going_on = replace(_changed(state, fact), status=MandateStatus.ACTIVE, ended_on=None)
    return replace(going_on, until=event.until, ending=fact.position)


def _reviewed(state: Mandate, fact: Fact) -> Mandate:
    event = fact.event
    assert isinstance(event, e.MandateReviewed)
    review = Review(fact.position, event.effective_on, event.finding, event.passed, event.instrument)
    return replace(state, reviews=(*state.reviews, review))


def _handed_over(state: Mandate, fact: Fact) -> Mandate:
    event = fact.event
    assert isinstance(event, e.MandateHandedOver)
    if event.holder == state.holder:
        return state
    return replace(_changed(state, fact), holder=event.holder, holding=fact.position)


def _grantor_changed(state: Mandate, fact: Fact) -> Mandate:
    event = fact.event
    assert isinstance(event, e.GrantorChanged)
    if event.grantor == state.grantor:
        return state
    return replace(_changed(state, fact), grantor=event.grantor, granting=fact.position)


def _revoked(state: Mandate, fact: Fact) -> Mandate:
    ended = replace(_changed(state, fact), status=MandateStatus.REVOKED)
    return replace(ended, ended_on=fact.event.effective_on)


_EVOLVE: dict[type[Event], Callable[[Mandate, Fact], Mandate]] = {
    e.MandateRenewed: _renewed,
    e.MandateReviewed: _reviewed,
    e.MandateHandedOver: _handed_over,
    e.GrantorChanged: _grantor_changed,
    e.MandateRevoked: _revoked,
}


def evolve(state: Mandate | None, fact: Fact) -> Mandate | Conflict:
    """Return the mandate after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.MandateGranted):
        return _granted(fact, event) if state is None else Conflict(Code.ALREADY_EXISTS, fact, {})
    if state is None:
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    if not alive(state) and not continues(state, event):
        return Conflict(Code.ALREADY_ENDED, fact, {"ended": state.ended_on, "date": event.effective_on})
    return _EVOLVE[type(event)](state, fact)


def continues(state: Mandate, event: Event) -> bool:
    """Say whether ``event`` renews a mandate on the very day on which it ended by itself."""
    expired = state.status is MandateStatus.EXPIRED
    return expired and isinstance(event, e.MandateRenewed) and event.effective_on == state.ended_on


def lapse(state: Mandate, fact: Fact) -> Mandate:
    """Return the mandate once ``fact`` ended by itself: expired, unless another fact says until when."""
    if state.ending != fact.position or not alive(state):
        return state
    return replace(state, status=MandateStatus.EXPIRED, ended_on=fact.event.lapses_on)


def alive(state: Mandate) -> bool:
    """Say whether the mandate is held."""
    return state.status is MandateStatus.ACTIVE


def targets(state: Mandate) -> Iterable[Target]:
    """Yield who holds it and who grants it."""
    if not alive(state):
        return
    yield Target(e.MANDATED, state.holder, state.holding)
    if state.grantor is not None:
        yield Target(e.GRANTED_BY, state.grantor, state.granting)


def identifiers(_state: Mandate) -> Iterable[tuple[str, str]]:
    """Yield nothing: mandates bear no identifiers."""
    return ()


MANDATE = Noun("mandate", e.EVENTS, evolve, lapse, alive, targets, identifiers, BONDS)
