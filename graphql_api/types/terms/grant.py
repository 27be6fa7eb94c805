"""The terms of grants (授权用语)."""

from __future__ import annotations

from enum import StrEnum

from registry.grant.kinds import GrantStatus, PartnerScope, Role

SHOWN: dict[type[StrEnum], tuple[str, str]] = {
    Role: ("Role", "What somebody is to the register. 角色。"),
    PartnerScope: ("PartnerScope", "What a partner may do besides what everybody may. 权限范围。"),
    GrantStatus: ("GrantStatus", "Where a grant stands. 授权状态。"),
}

TERMS: tuple[tuple[StrEnum, str], ...] = (
    (Role.PUBLIC, "Anybody: the chart. 公众。"),
    (Role.VIEWER, "Staff: records and people, nothing restricted. 工作人员。"),
    (Role.SUBMITTER, "Staff who propose commands, for registrars to approve. 报送人。"),
    (Role.REGISTRAR, "Who records: sees restricted data, too, and sends commands. 登记员。"),
    (Role.AUDITOR, "Reads everything, the log too, and changes nothing. 审计员。"),
    (Role.ADMINISTRATOR, "May do everything, and says who else may. 管理员。"),
    (Role.PARTNER, "A system of others: what its scopes say. 合作系统。"),
    (PartnerScope.RECORDS, "See records: memberships, secondments, staffing, reorganizations. 内部登记。"),
    (PartnerScope.PEOPLE, "See people by name, with employments, titles and awards. 人员。"),
    (
        PartnerScope.RESTRICTED,
        "See numbers, birth, contacts, Party affiliations. 敏感个人信息。",
    ),
    (PartnerScope.LOG, "Read the log, and what was once believed. 日志。"),
    (PartnerScope.COMMANDS, "Send commands, and see what a registrar sees. 变更。"),
    (GrantStatus.ACTIVE, "It holds. 有效。"),
    (GrantStatus.EXPIRED, "It ended on the day that it was given until. 到期。"),
    (GrantStatus.REVOKED, "It was taken back. 撤销。"),
)
