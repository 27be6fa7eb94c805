"""An affiliation as folded from its facts (组织关系状态). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from registry.affiliation import events as e
from registry.affiliation.bonds import BONDS
from registry.affiliation.kinds import AffiliationEnd, AffiliationStage
from registry.errors import Code
from registry.events import Event, Fact
from registry.ids import AFFILIATION_SCHEME
from registry.references import Target
from registry.timeline import Conflict, Noun


class Transfer(Struct, frozen=True, gc=False, kw_only=True):
    """How the affiliation came to its branch: the day, the letter, and when that was presented."""

    transferred_on: date
    letter: str | None
    valid_until: date | None
    received_on: date | None = None


class Affiliation(Struct, frozen=True, gc=False, kw_only=True):
    """What is so of one affiliation for a period.

    ``person_said`` and ``branch_said`` are the positions of the facts that name its ends, ``position`` and
    ``instrument`` are of the last change.
    """

    person: UUID
    branch: UUID
    stage: AffiliationStage
    position: int
    instrument: UUID | None
    person_said: int
    branch_said: int
    transfer: Transfer | None = None
    end_reason: AffiliationEnd | None = None


def _changed(state: Affiliation, fact: Fact) -> Affiliation:
    return replace(state, position=fact.position, instrument=fact.event.instrument)


def _confirmed(state: Affiliation, fact: Fact) -> Affiliation:
    if state.stage is AffiliationStage.FORMAL:
        return state
    return replace(_changed(state, fact), stage=AffiliationStage.FORMAL)


def _transferred(state: Affiliation, fact: Fact) -> Affiliation:
    event = fact.event
    assert isinstance(event, e.AffiliationTransferred)
    made = Transfer(
        transferred_on=event.effective_on, letter=event.letter, valid_until=event.letter_valid_until
    )
    said = state.branch_said if event.branch == state.branch else fact.position
    return replace(_changed(state, fact), branch=event.branch, transfer=made, branch_said=said)


def _received(state: Affiliation, fact: Fact) -> Affiliation | Conflict:
    event = fact.event
    assert isinstance(event, e.TransferReceived)
    made = state.transfer
    if event.received_on == e.UNKNOWN_DAY:
        return _changed(state, fact)
    if made is None or not made.transferred_on <= event.received_on <= event.effective_on:
        missing: dict[str, object] = {"date": event.effective_on, "received_on": event.received_on}
        return Conflict(Code.NO_SUCH_TRANSFER, fact, missing)
    if made.valid_until is not None and event.received_on > made.valid_until:
        expired: dict[str, object] = {"valid_until": made.valid_until, "received_on": event.received_on}
        return Conflict(Code.LETTER_EXPIRED, fact, expired)
    if made.received_on == event.received_on:
        return state
    return replace(_changed(state, fact), transfer=replace(made, received_on=event.received_on))


def _ended(state: Affiliation, fact: Fact) -> Affiliation:
    event = fact.event
    assert isinstance(event, e.AffiliationEnded)
    return replace(_changed(state, fact), end_reason=event.end_reason)


_EVOLVE: dict[type[Event], Callable[[Affiliation, Fact], Affiliation | Conflict]] = {
    e.AffiliationConfirmed: _confirmed,
    e.AffiliationTransferred: _transferred,
    e.TransferReceived: _received,
    e.AffiliationEnded: _ended,
}


def evolve(state: Affiliation | None, fact: Fact) -> Affiliation | Conflict:
    """Return the affiliation after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.AffiliationOpened):
        if state is not None:
            return Conflict(Code.ALREADY_EXISTS, fact, {})
        return Affiliation(
            person=event.person,
            branch=event.branch,
            stage=event.stage,
            position=fact.position,
            instrument=event.instrument,
            person_said=fact.position,
            branch_said=fact.position,
        )
    if state is None or not alive(state):
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    return _EVOLVE[type(event)](state, fact)


def lapse(state: Affiliation, _fact: Fact) -> Affiliation:
    """Return the state unchanged: a letter that expires leaves the affiliation where it is, unreceived."""
    return state


def alive(state: Affiliation) -> bool:
    """Say whether the person has this affiliation."""
    return state.end_reason is None


def targets(state: Affiliation) -> Iterable[Target]:
    """Yield the branch, unless it was erased, and the person."""
    if not alive(state):
        return ()
    person = Target(e.AFFILIATE, state.person, state.person_said)
    if state.branch == e.NOWHERE:
        return (person,)
    return (Target(e.AFFILIATED_WITH, state.branch, state.branch_said), person)


def identifiers(state: Affiliation) -> Iterable[tuple[str, str]]:
    """Yield the person, who has one affiliation at a time."""
    return ((AFFILIATION_SCHEME, str(state.person)),) if alive(state) else ()


AFFILIATION = Noun("affiliation", e.EVENTS, evolve, lapse, alive, targets, identifiers, BONDS)
