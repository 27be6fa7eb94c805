"""The vocabulary of Party affiliations (组织关系用语)."""

from __future__ import annotations

from enum import StrEnum


class AffiliationStage(StrEnum):
    """How far a member of the Party has come (党员类别)."""

    PROBATIONARY = "PROBATIONARY"  # 预备党员
    FORMAL = "FORMAL"  # 正式党员


class AffiliationEnd(StrEnum):
    """Why an affiliation ended (组织关系终止原因)."""

    RESIGNED = "RESIGNED"  # 退党
    REMOVED = "REMOVED"  # 除名
    EXPELLED = "EXPELLED"  # 开除党籍
    PROBATION_CANCELED = "PROBATION_CANCELED"  # 取消预备党员资格
    DECEASED = "DECEASED"  # 去世
    BRANCH_GONE = "BRANCH_GONE"  # 所在党组织撤销
    OTHER = "OTHER"  # 其他


PARTY_GROUP = "党组"
WORKING_GROUP = "党建工作小组"
INSTRUCTOR = "党建指导员"

HOLD_NO_AFFILIATION = frozenset({PARTY_GROUP, WORKING_GROUP, INSTRUCTOR})
"""Subtypes of Party organizations in which people take part without having their affiliation there."""
