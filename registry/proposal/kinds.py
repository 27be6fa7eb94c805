"""The vocabulary of proposals (报送状态)."""

from __future__ import annotations

from enum import StrEnum


class ProposalStatus(StrEnum):
    """Where a proposal stands (状态)."""

    PENDING = "PENDING"  # 待审批
    APPROVED = "APPROVED"  # 已通过
    REJECTED = "REJECTED"  # 已退回
    WITHDRAWN = "WITHDRAWN"  # 已撤回
