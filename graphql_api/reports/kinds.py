"""What the rows of reports are sorted into (报表分类)."""

from __future__ import annotations

from enum import StrEnum


class Fate(StrEnum):
    """What became of a unit between two days (变动情况)."""

    KEPT = "KEPT"  # 保留
    RENAMED = "RENAMED"  # 更名
    MOVED = "MOVED"  # 调整隶属
    ESTABLISHED = "ESTABLISHED"  # 新设
    DISSOLVED = "DISSOLVED"  # 撤销


class Span(StrEnum):
    """What a row adds up (统计范围)."""

    DISTRICT = "DISTRICT"  # 区市县
    DIRECT = "DIRECT"  # 直属
    TOTAL = "TOTAL"  # 合计


class Grassroots(StrEnum):
    """Sorts of organizations at the grass roots (基层组织类别)."""

    PARK = "PARK"  # 园区科协
    ENTERPRISE = "ENTERPRISE"  # 企业科协
    UNIVERSITY = "UNIVERSITY"  # 高校科协
    INSTITUTE = "INSTITUTE"  # 科研院所科协
    RURAL = "RURAL"  # 农村科协
    TOWNSHIP = "TOWNSHIP"  # 乡镇、街道科协
    RURAL_TECHNICAL = "RURAL_TECHNICAL"  # 农村专业技术协会
