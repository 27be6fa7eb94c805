"""The enumerations of memberships, Party affiliations and participations (会员与党组织关系枚举)."""

from __future__ import annotations

from enum import StrEnum

from registry.affiliation.kinds import AffiliationEnd, AffiliationStage
from registry.membership.kinds import MemberClass, MembershipEnd, MembershipStatus
from registry.participation.kinds import ParticipationRole

SHOWN: dict[type[StrEnum], tuple[str, str]] = {
    MemberClass: ("MemberClass", "What kind of member someone is. 会员类别。"),
    MembershipStatus: ("MembershipStatus", "Where a membership stands in its life. 会籍状态。"),
    MembershipEnd: ("MembershipEnd", "Why a membership ended. 会籍终止原因。"),
    AffiliationStage: ("AffiliationStage", "How far a member of the Party has come. 党员类别。"),
    AffiliationEnd: ("AffiliationEnd", "Why a Party affiliation ended. 组织关系终止原因。"),
    ParticipationRole: ("ParticipationRole", "As what a person takes part. 参加方式。"),
}

TERMS: tuple[tuple[StrEnum, str], ...] = (
    (MemberClass.INDIVIDUAL, "个人会员"),
    (MemberClass.SENIOR_EXPERT, "资深学术专家"),
    (MemberClass.DISCIPLINE_LEADER, "学科带头人"),
    (MemberClass.INDUSTRY_LEADER, "行业领军人物"),
    (MemberClass.STUDENT, "学生会员"),
    (MemberClass.HONORARY, "荣誉会员"),
    (MemberClass.CORPORATE, "团体会员、单位会员"),
    (MembershipStatus.APPLIED, "申请中"),
    (MembershipStatus.ADMITTED, "在籍"),
    (MembershipStatus.SUSPENDED, "暂停"),
    (MembershipStatus.ENDED, "终止"),
    (MembershipEnd.RESIGNED, "退会"),
    (MembershipEnd.EXPELLED, "除名"),
    (MembershipEnd.LAPSED, "自动退会"),
    (MembershipEnd.WITHDRAWN, "撤回申请"),
    (MembershipEnd.DECLINED, "不予批准"),
    (MembershipEnd.MEMBER_GONE, "会员去世或注销"),
    (MembershipEnd.ORGANIZATION_GONE, "所在组织注销"),
    (MembershipEnd.OTHER, "其他"),
    (AffiliationStage.PROBATIONARY, "预备党员"),
    (AffiliationStage.FORMAL, "正式党员"),
    (AffiliationEnd.RESIGNED, "退党"),
    (AffiliationEnd.REMOVED, "除名"),
    (AffiliationEnd.EXPELLED, "开除党籍"),
    (AffiliationEnd.PROBATION_CANCELED, "取消预备党员资格"),
    (AffiliationEnd.DECEASED, "去世"),
    (AffiliationEnd.BRANCH_GONE, "所在党组织撤销"),
    (AffiliationEnd.OTHER, "其他"),
    (ParticipationRole.LEADER, "组长"),
    (ParticipationRole.DEPUTY_LEADER, "副组长"),
    (ParticipationRole.MEMBER, "成员"),
    (ParticipationRole.INSTRUCTOR, "党建指导员"),
    (ParticipationRole.DUAL_LIFE, "参加双重组织生活"),
    (ParticipationRole.OTHER, "其他"),
)
