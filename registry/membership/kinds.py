"""The vocabulary of memberships: classes, statuses, ends, and who may be a member of whom (会员类别)."""

from __future__ import annotations

from enum import StrEnum

from registry.organization.kinds import Kind


class MemberClass(StrEnum):
    """What kind of member someone is (会员类别)."""

    INDIVIDUAL = "INDIVIDUAL"  # 个人会员
    SENIOR_EXPERT = "SENIOR_EXPERT"  # 资深学术专家
    DISCIPLINE_LEADER = "DISCIPLINE_LEADER"  # 学科带头人
    INDUSTRY_LEADER = "INDUSTRY_LEADER"  # 行业领军人物
    STUDENT = "STUDENT"  # 学生会员
    HONORARY = "HONORARY"  # 荣誉会员
    CORPORATE = "CORPORATE"  # 团体会员、单位会员

    @property
    def individual(self) -> bool:
        """Whether people, not organizations, are members of this class."""
        return self is not MemberClass.CORPORATE


class MembershipStatus(StrEnum):
    """Where a membership stands in its life (会员状态)."""

    APPLIED = "APPLIED"  # 申请中
    ADMITTED = "ADMITTED"  # 在籍
    SUSPENDED = "SUSPENDED"  # 暂停
    ENDED = "ENDED"  # 终止


class MembershipEnd(StrEnum):
    """Why a membership ended (会员资格终止原因)."""

    RESIGNED = "RESIGNED"  # 退会
    EXPELLED = "EXPELLED"  # 除名
    LAPSED = "LAPSED"  # 自动退会
    WITHDRAWN = "WITHDRAWN"  # 撤回申请
    DECLINED = "DECLINED"  # 不予批准
    MEMBER_GONE = "MEMBER_GONE"  # 会员去世或注销
    ORGANIZATION_GONE = "ORGANIZATION_GONE"  # 所在组织注销
    OTHER = "OTHER"  # 其他


HAVE_MEMBERS = frozenset(
    {
        Kind.ASSOCIATION,
        Kind.SOCIETY,
        Kind.RURAL_ASSOCIATION,
        Kind.NEW_GROUP,
        Kind.ALLIANCE,
        Kind.EXTERNAL,
    }
)
"""Kinds that have members; those of a branch are the society's, of which it is a part."""

ORGANS = frozenset({Kind.DEPARTMENT, Kind.BRANCH, Kind.BODY, Kind.PARTY_ORGANIZATION, Kind.LEADING_GROUP})
"""Kinds that are organs of another organization: members are those that they belong to."""


def joins(organization: Kind, member: Kind | None, member_class: MemberClass) -> bool:
    """Say whether a member of kind ``member``, None for a person, may be of that class there."""
    if organization not in HAVE_MEMBERS or member_class.individual is not (member is None):
        return False
    # An alliance is of organizations: 学会联合体, 科技创新联盟, 合作共同体.
    return organization is not Kind.ALLIANCE if member is None else member not in ORGANS
