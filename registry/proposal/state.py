"""A proposal as folded from its facts (报送件状态). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from registry.errors import Code
from registry.events import Event, Fact
from registry.proposal import events as e
from registry.proposal.kinds import ProposalStatus
from registry.references import Target
from registry.timeline import Conflict, Noun


class Proposal(Struct, frozen=True, kw_only=True):
    """What is so of one proposal during a period; ``made`` is the fact that made it.

    ``content`` is what the command says, as JSON; None once the person whom it is of was erased.
    """

    submitter: str
    kind: str
    subject: UUID
    organizations: tuple[UUID, ...]
    person: UUID | None
    content: str | None
    reason: str | None
    made: int
    made_on: date
    position: int
    instrument: UUID | None
    status: ProposalStatus = ProposalStatus.PENDING
    decided_on: date | None = None
    decision: str | None = None


_DECIDED: dict[type[Event], ProposalStatus] = {
    e.ProposalWithdrawn: ProposalStatus.WITHDRAWN,
    e.ProposalRejected: ProposalStatus.REJECTED,
    e.ProposalApproved: ProposalStatus.APPROVED,
}


def evolve(state: Proposal | None, fact: Fact) -> Proposal | Conflict:
    """Return the proposal after ``fact``, or why the fact cannot follow."""
    event = fact.event
    if isinstance(event, e.ProposalMade):
        return _made(fact, event) if state is None else Conflict(Code.ALREADY_EXISTS, fact, {})
    if state is None:
        return Conflict(Code.NOT_ALIVE, fact, {"date": event.effective_on})
    if not alive(state):
        details: dict[str, object] = {"status": state.status, "date": event.effective_on}
        return Conflict(Code.NOT_ALLOWED_IN_STATUS, fact, details)
    return replace(
        state,
        status=_DECIDED[type(event)],
        decided_on=event.effective_on,
        decision=event.reason,
        position=fact.position,
        instrument=event.instrument,
    )


def _made(fact: Fact, event: e.ProposalMade) -> Proposal:
    return Proposal(
        submitter=event.submitter,
        kind=event.kind,
        subject=event.subject,
        organizations=event.organizations,
        person=event.person,
        content=event.content if event.person is None else event.personal_content,
        reason=event.reason,
        made=fact.position,
        made_on=event.effective_on,
        position=fact.position,
        instrument=event.instrument,
    )


def lapse(state: Proposal, _fact: Fact) -> Proposal:
    """Return it as it is: a proposal waits until somebody decides."""
    return state


def alive(state: Proposal) -> bool:
    """Say whether it waits for a decision."""
    return state.status is ProposalStatus.PENDING


def targets(_state: Proposal) -> Iterable[Target]:
    """Yield nothing: what a proposal speaks of may end, or not be there yet."""
    return ()


def identifiers(_state: Proposal) -> Iterable[tuple[str, str]]:
    """Yield nothing: the same may be proposed twice."""
    return ()


PROPOSAL = Noun("proposal", e.EVENTS, evolve, lapse, alive, targets, identifiers)
