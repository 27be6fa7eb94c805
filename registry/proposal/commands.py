"""What one may ask of a proposal (报送与审批命令)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from registry.commands import Command


class ProposalCommand(Command, frozen=True, kw_only=True):
    """A command to one proposal."""

    proposal: UUID

    @property
    def subject(self) -> UUID:
        """The proposal."""
        return self.proposal


class Propose(ProposalCommand, frozen=True, kw_only=True):
    """Propose a command, which somebody else has to approve before it is carried out (报送)."""

    opens: ClassVar[bool] = True

    command: Command

    @property
    def novel(self) -> frozenset[UUID]:
        """The proposal, and what would be new by the command."""
        return frozenset({self.proposal}) | self.command.novel


class WithdrawProposal(ProposalCommand, frozen=True, kw_only=True):
    """Take back what one proposed oneself (撤回报送)."""


class RejectProposal(ProposalCommand, frozen=True, kw_only=True):
    """Send back what somebody else proposed, saying why (退回报送)."""


class ApproveProposal(ProposalCommand, frozen=True, kw_only=True):
    """Have recorded what somebody else proposed, as it was proposed (审批通过)."""
