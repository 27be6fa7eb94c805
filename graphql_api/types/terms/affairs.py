"""The enumerations of papers, mandates and secondments (登记、职能承接、挂职枚举)."""

from __future__ import annotations

from enum import StrEnum

from registry.mandate.kinds import MandateCategory, MandateStatus
from registry.organization.kinds import Establishment, Existence, LegalForm
from registry.secondment.kinds import Direction, SecondmentBasis

SHOWN: dict[type[StrEnum], tuple[str, str]] = {
    LegalForm: ("LegalForm", "What an organization is before the law. 法人类型。"),
    Establishment: ("EstablishmentKind", "The type of established posts. 编制类型。"),
    Existence: ("Existence", "Whether something exists on a day. 是否存在。"),
    MandateCategory: ("MandateCategory", "What a mandate takes over from government. 职能类别。"),
    MandateStatus: ("MandateStatus", "Where a mandate stands. 承接状态。"),
    Direction: ("SecondmentDirection", "Which way a person goes. 挂职方向。"),
    SecondmentBasis: ("SecondmentBasis", "In which form a person works elsewhere. 挂职形式。"),
}

TERMS: tuple[tuple[StrEnum, str], ...] = (
    (LegalForm.SOCIAL_ORGANIZATION, "社会团体法人"),
    (LegalForm.SOCIAL_SERVICE, "民办非企业单位、社会服务机构"),
    (LegalForm.FOUNDATION, "基金会"),
    (LegalForm.PEOPLES_ORGANIZATION, "人民团体，免予登记"),
    (LegalForm.PUBLIC_INSTITUTION, "事业单位法人"),
    (LegalForm.GOVERNMENT_BODY, "机关法人"),
    (LegalForm.COMPANY, "企业法人"),
    (LegalForm.COOPERATIVE, "农民专业合作社"),
    (LegalForm.OTHER, "其他"),
    (Establishment.ADMINISTRATIVE, "行政编制"),
    (Establishment.CIVIL_SERVICE_REFERENCE, "参照公务员法管理"),
    (Establishment.PUBLIC_INSTITUTION, "事业编制"),
    (Establishment.SUPPORT, "工勤编制"),
    (Establishment.OTHER, "其他"),
    (Existence.YES, "It does. 存在"),
    (Existence.NO, "It does not. 不存在"),
    (Existence.UNKNOWN, "Its dates are not known that exactly. 日期不够精确，未知"),
    (MandateCategory.ASSESSMENT, "科技评估"),
    (MandateCategory.QUALIFICATION, "职业资格认定"),
    (MandateCategory.STANDARDS, "技术标准研制"),
    (MandateCategory.AWARD_NOMINATION, "科技奖励推荐"),
    (MandateCategory.POLICY_ADVICE, "决策咨询"),
    (MandateCategory.TRAINING, "教育培训"),
    (MandateCategory.TALENT_DEVELOPMENT, "人才培养"),
    (MandateCategory.TALENT_EVALUATION, "人才评价"),
    (MandateCategory.TALENT_MOBILITY, "人才流动"),
    (MandateCategory.TALENT_INCENTIVE, "人才激励"),
    (MandateCategory.OTHER, "其他"),
    (MandateStatus.ACTIVE, "承接中"),
    (MandateStatus.EXPIRED, "到期"),
    (MandateStatus.REVOKED, "收回"),
    (Direction.UP, "上挂"),
    (Direction.DOWN, "下派"),
    (Direction.LATERAL, "平级"),
    (SecondmentBasis.SECONDMENT, "挂职"),
    (SecondmentBasis.EXCHANGE, "交流"),
)
