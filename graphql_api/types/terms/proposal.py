"""The terms of proposals (报送用语)."""

from __future__ import annotations

from enum import StrEnum

from registry.proposal.kinds import ProposalStatus

SHOWN: dict[type[StrEnum], tuple[str, str]] = {
    ProposalStatus: ("ProposalStatus", "Where a proposal stands. 报送状态。"),
}

TERMS: tuple[tuple[StrEnum, str], ...] = (
    (ProposalStatus.PENDING, "It waits for a decision. 待审批。"),
    (ProposalStatus.APPROVED, "Somebody else approved it, and it was recorded. 已通过。"),
    (ProposalStatus.REJECTED, "Somebody else sent it back, saying why. 已退回。"),
    (ProposalStatus.WITHDRAWN, "Its submitter took it back. 已撤回。"),
)
