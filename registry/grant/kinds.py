"""The vocabulary of grants (授权类别)."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the register (角色)."""

    PUBLIC = "PUBLIC"  # 公众
    VIEWER = "VIEWER"  # 工作人员
    SUBMITTER = "SUBMITTER"  # 报送人
    REGISTRAR = "REGISTRAR"  # 登记员
    AUDITOR = "AUDITOR"  # 审计员
    ADMINISTRATOR = "ADMINISTRATOR"  # 管理员
    PARTNER = "PARTNER"  # 合作系统


class PartnerScope(StrEnum):
    """What a partner may do besides what everybody may (权限范围)."""

    RECORDS = "RECORDS"  # 内部登记
    PEOPLE = "PEOPLE"  # 人员
    RESTRICTED = "RESTRICTED"  # 敏感个人信息
    LOG = "LOG"  # 日志
    COMMANDS = "COMMANDS"  # 变更


class GrantStatus(StrEnum):
    """Where a grant stands (状态)."""

    ACTIVE = "ACTIVE"  # 有效
    EXPIRED = "EXPIRED"  # 到期
    REVOKED = "REVOKED"  # 撤销
