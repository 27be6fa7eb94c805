"""Decisions about proposals as such (报送决策). Pure.

What a proposed command comes to is decided like any command: :mod:`registry.proposing` puts both together.
"""

from __future__ import annotations

from msgspec.structs import asdict

from registry.commands import Draft
from registry.errors import Code, Refusal
from registry.proposal import commands as c
from registry.proposal import events as e
from registry.proposal.kinds import ProposalStatus
from registry.proposal.state import PROPOSAL, Proposal, alive
from registry.reads import World, require_standing


def withdraw(command: c.WithdrawProposal, world: World) -> list[Draft]:
    """Take it back; quiet when that was done. To others than its submitter it is not there."""
    state = standing(command, world)
    if state.submitter != command.actor:
        raise Refusal(Code.NOT_FOUND, noun="proposal of yours", id=command.proposal)
    if state.status is ProposalStatus.WITHDRAWN:
        return []
    _check_pending(command, state)
    return [Draft(command.proposal, e.ProposalWithdrawn(**asdict(command.stamp)))]


def reject(command: c.RejectProposal, world: World) -> list[Draft]:
    """Send it back, with a reason unless the person it is of was erased."""
    state = to_decide(command, world)
    if command.reason is None and not is_erased(state):
        raise Refusal(Code.INVALID_INPUT, field="reason", problem="say why (须填写退回原因)")
    return [Draft(command.proposal, e.ProposalRejected(**asdict(command.stamp)))]


def to_decide(command: c.ProposalCommand, world: World) -> Proposal:
    """Return the proposal that somebody else than its submitter may decide on now."""
    state = standing(command, world)
    _check_pending(command, state)
    if state.submitter == command.actor:
        raise Refusal(Code.OWN_PROPOSAL, id=command.proposal)
    return state


def standing(command: c.ProposalCommand, world: World) -> Proposal:
    """Return the proposal as it was left, whatever the day: it is decided once."""
    state: Proposal = require_standing(world, command.proposal, PROPOSAL).timeline.segments[-1].state
    return state


def is_erased(state: Proposal) -> bool:
    """Say whether what was proposed is gone with the person whom it was of."""
    return state.content is None


def _check_pending(command: c.ProposalCommand, state: Proposal) -> None:
    if not alive(state):
        raise Refusal(
            Code.NOT_ALLOWED_IN_STATUS, id=command.proposal, status=state.status, date=state.decided_on
        )
