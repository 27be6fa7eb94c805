"""The terms of grants (授权用语)."""

from __future__ import annotations

from enum import StrEnum

from registry.grant.kinds import GrantStatus, Role

SHOWN: dict[type[StrEnum], tuple[str, str]] = {
    Role: ("Role", "What somebody is to the register. 角色。"),
    GrantStatus: ("GrantStatus", "Where a grant stands. 授权状态。"),
}

TERMS: tuple[tuple[StrEnum, str], ...] = (
    (Role.PUBLIC, "Anybody: the chart. 公众。"),
    (Role.VIEWER, "Staff: records and people, nothing restricted. 工作人员。"),
    (Role.SUBMITTER, "Staff who propose commands, for registrars to approve. 报送人。"),
    (Role.REGISTRAR, "Who records: sees restricted data, too, and sends commands. 登记员。"),
    (Role.AUDITOR, "Reads everything, the log too, and changes nothing. 审计员。"),
    (Role.ADMINISTRATOR, "May do everything, and says who else may. 管理员。"),
    (GrantStatus.ACTIVE, "It holds. 有效。"),
    (GrantStatus.EXPIRED, "It ended on the day that it was given until. 到期。"),
    (GrantStatus.REVOKED, "It was taken back. 撤销。"),
)
