"""The vocabulary of mandates (承接政府转移职能类别)."""

from __future__ import annotations

from enum import StrEnum


class MandateCategory(StrEnum):
    """What is taken over; the plan names them (类别)."""

    ASSESSMENT = "ASSESSMENT"  # 科技评估
    QUALIFICATION = "QUALIFICATION"  # 职业资格认定
    STANDARDS = "STANDARDS"  # 技术标准研制
    AWARD_NOMINATION = "AWARD_NOMINATION"  # 科技奖励推荐
    POLICY_ADVICE = "POLICY_ADVICE"  # 决策咨询
    TRAINING = "TRAINING"  # 教育培训
    TALENT_DEVELOPMENT = "TALENT_DEVELOPMENT"  # 人才培养
    TALENT_EVALUATION = "TALENT_EVALUATION"  # 人才评价
    TALENT_MOBILITY = "TALENT_MOBILITY"  # 人才流动
    TALENT_INCENTIVE = "TALENT_INCENTIVE"  # 人才激励
    OTHER = "OTHER"  # 其他


class MandateStatus(StrEnum):
    """Where a mandate stands (状态)."""

    ACTIVE = "ACTIVE"  # 承接中
    EXPIRED = "EXPIRED"  # 到期
    REVOKED = "REVOKED"  # 收回
