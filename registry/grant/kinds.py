"""What can be granted (授权的种类)."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a caller is to the register (角色)."""

    PUBLIC = "public"  # 公众
    VIEWER = "viewer"  # 工作人员
    SUBMITTER = "submitter"  # 申报人
    REGISTRAR = "registrar"  # 登记员
    AUDITOR = "auditor"  # 审计员
    PARTNER = "partner"  # 合作单位
    ADMINISTRATOR = "administrator"  # 管理员
