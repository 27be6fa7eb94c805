"""What one may ask of a proposal (报送与审批命令)."""

from __future__ import annotations

from uuid import UUID

from registry.commands import Command
from registry.reads import Needs


class ProposalCommand(Command, frozen=True, kw_only=True):
    """A command to one proposal."""

    proposal: UUID

    @property
    def subject(self) -> UUID:
        """The proposal."""
        return self.proposal


class Propose(ProposalCommand, frozen=True, kw_only=True):
    """Propose a command, which somebody else has to approve before it is carried out (报送)."""

    command: Command

    @property
    def needs(self) -> Needs:
        """The proposal, and whatever the command asks."""
        return Needs(entities=frozenset({self.proposal, *self.cited})) | self.command.needs


class WithdrawProposal(ProposalCommand, frozen=True, kw_only=True):
    """Take back what one proposed oneself (撤回报送)."""


class RejectProposal(ProposalCommand, frozen=True, kw_only=True):
    """Send back what somebody else proposed, saying why (退回报送)."""


class ApproveProposal(ProposalCommand, frozen=True, kw_only=True):
    """Have recorded what somebody else proposed, as it was proposed (审批通过)."""
