"""The vocabulary of taking part (参加方式)."""

from __future__ import annotations

from enum import StrEnum


class ParticipationRole(StrEnum):
    """As what a person takes part (参加方式)."""

    LEADER = "LEADER"  # 组长
    DEPUTY_LEADER = "DEPUTY_LEADER"  # 副组长
    MEMBER = "MEMBER"  # 成员
    INSTRUCTOR = "INSTRUCTOR"  # 党建指导员
    DUAL_LIFE = "DUAL_LIFE"  # 参加双重组织生活
    OTHER = "OTHER"  # 其他
