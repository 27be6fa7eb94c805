"""The vocabulary of organizations: kinds, statuses, hierarchies, who may stand where (组织类别)."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """Kinds of organization (组织类别)."""

    ASSOCIATION = "ASSOCIATION"  # 科协
    DEPARTMENT = "DEPARTMENT"  # 内设机构
    INSTITUTION = "INSTITUTION"  # 所属事业单位
    SOCIETY = "SOCIETY"  # 学会、协会、研究会
    RURAL_ASSOCIATION = "RURAL_ASSOCIATION"  # 农村专业技术协会
    NEW_GROUP = "NEW_GROUP"  # 新型科技社团
    BRANCH = "BRANCH"  # 分支机构、代表机构
    ALLIANCE = "ALLIANCE"  # 联合体、联盟、共同体
    BODY = "BODY"  # 代表大会、全委会、常委会、理事会、监事会、秘书处
    PARTY_ORGANIZATION = "PARTY_ORGANIZATION"  # 党组、党委、党总支、党支部、党建工作小组
    SERVICE_POINT = "SERVICE_POINT"  # 服务站、基地、工作站、科普e站
    LEADING_GROUP = "LEADING_GROUP"  # 领导小组
    EXTERNAL = "EXTERNAL"  # 系统外单位: 党委、政府、全国和省级组织、用人单位


class Status(StrEnum):
    """Where an organization stands in its life (状态)."""

    PLANNED = "PLANNED"  # 筹建
    ACTIVE = "ACTIVE"  # 正常
    SUSPENDED = "SUSPENDED"  # 暂停
    DISSOLVED = "DISSOLVED"  # 注销、撤销建制
    REVOKED = "REVOKED"  # 被撤销登记

    @property
    def alive(self) -> bool:
        """Whether the organization exists in this status."""
        return self not in (Status.DISSOLVED, Status.REVOKED)


class Tier(StrEnum):
    """Administrative level of an association (层级)."""

    NATIONAL = "NATIONAL"  # 全国
    PROVINCIAL = "PROVINCIAL"  # 省
    MUNICIPAL = "MUNICIPAL"  # 市
    DISTRICT = "DISTRICT"  # 区市县、开发区、先导区
    TOWNSHIP = "TOWNSHIP"  # 乡镇、街道


class Base(StrEnum):
    """Where a grassroots association sits (基层科协所在)."""

    PARK = "PARK"  # 园区
    ENTERPRISE = "ENTERPRISE"  # 企业
    UNIVERSITY = "UNIVERSITY"  # 高校
    INSTITUTE = "INSTITUTE"  # 科研院所
    RURAL = "RURAL"  # 农村


class Formation(StrEnum):
    """How a park or enterprise association was formed (组建方式; plan, part 2, section 3)."""

    STANDALONE = "STANDALONE"  # 单独组建
    REGIONAL_JOINT = "REGIONAL_JOINT"  # 区域联建
    SECTOR_WIDE = "SECTOR_WIDE"  # 行业统建
    HOST_BASED = "HOST_BASED"  # 依托组建
    OTHER = "OTHER"  # 其他


class Existence(StrEnum):
    """Whether an organization exists on a day, as exactly as its dates are known (是否存在)."""

    YES = "YES"  # 存在
    NO = "NO"  # 不存在
    UNKNOWN = "UNKNOWN"  # 日期不够精确


class LegalForm(StrEnum):
    """What an organization is before the law (法人类型)."""

    SOCIAL_ORGANIZATION = "SOCIAL_ORGANIZATION"  # 社会团体法人
    SOCIAL_SERVICE = "SOCIAL_SERVICE"  # 民办非企业单位、社会服务机构
    FOUNDATION = "FOUNDATION"  # 基金会
    PEOPLES_ORGANIZATION = "PEOPLES_ORGANIZATION"  # 人民团体, 免予登记
    PUBLIC_INSTITUTION = "PUBLIC_INSTITUTION"  # 事业单位法人
    GOVERNMENT_BODY = "GOVERNMENT_BODY"  # 机关法人
    COMPANY = "COMPANY"  # 企业法人
    COOPERATIVE = "COOPERATIVE"  # 农民专业合作社
    OTHER = "OTHER"  # 其他


class Establishment(StrEnum):
    """Types of established posts (编制类型)."""

    ADMINISTRATIVE = "ADMINISTRATIVE"  # 行政编制
    CIVIL_SERVICE_REFERENCE = "CIVIL_SERVICE_REFERENCE"  # 参照公务员法管理
    PUBLIC_INSTITUTION = "PUBLIC_INSTITUTION"  # 事业编制
    SUPPORT = "SUPPORT"  # 工勤编制
    OTHER = "OTHER"  # 其他


class Hierarchy(StrEnum):
    """The parallel hierarchies: typed, dated relations from a subordinate to a superior (隶属关系)."""

    PART_OF = "PART_OF"  # 隶属
    LEADS = "LEADS"  # 领导
    GUIDES = "GUIDES"  # 业务指导
    SUPERVISES = "SUPERVISES"  # 业务主管
    HOSTS = "HOSTS"  # 挂靠、依托
    PARTY_SUPERIOR = "PARTY_SUPERIOR"  # 党组织隶属
    COVERS = "COVERS"  # 党组织覆盖

    @property
    def single(self) -> bool:
        """Whether a subordinate has at most one superior at a time; opening another then replaces it."""
        return self in (Hierarchy.PART_OF, Hierarchy.SUPERVISES, Hierarchy.PARTY_SUPERIOR)


class Places(NamedTuple):
    """Which kinds may be subordinate and superior in a hierarchy; None stands for every kind."""

    subordinates: frozenset[Kind] | None
    superiors: frozenset[Kind] | None


_MEMBER_BODIES = frozenset({Kind.SOCIETY, Kind.RURAL_ASSOCIATION, Kind.NEW_GROUP})

PLACES: dict[Hierarchy, Places] = {
    Hierarchy.PART_OF: Places(None, None),
    Hierarchy.LEADS: Places(None, None),
    Hierarchy.GUIDES: Places(frozenset({Kind.ASSOCIATION, Kind.SOCIETY, Kind.RURAL_ASSOCIATION}), None),
    Hierarchy.SUPERVISES: Places(
        _MEMBER_BODIES | {Kind.ALLIANCE, Kind.SERVICE_POINT, Kind.INSTITUTION},
        frozenset({Kind.ASSOCIATION, Kind.EXTERNAL}),
    ),
    Hierarchy.HOSTS: Places(None, None),
    Hierarchy.PARTY_SUPERIOR: Places(
        frozenset({Kind.PARTY_ORGANIZATION}), frozenset({Kind.PARTY_ORGANIZATION, Kind.EXTERNAL})
    ),
    Hierarchy.COVERS: Places(None, frozenset({Kind.PARTY_ORGANIZATION})),
}

MUST_BELONG = frozenset({Kind.DEPARTMENT, Kind.INSTITUTION, Kind.BRANCH, Kind.BODY})
"""Kinds that are always part of another organization (PART_OF without a gap)."""

NO_LEGAL_PERSON = frozenset(
    {Kind.DEPARTMENT, Kind.BRANCH, Kind.BODY, Kind.PARTY_ORGANIZATION, Kind.LEADING_GROUP}
)
"""Kinds that are never registered: what they do is done by the organization that they belong to."""


def fits(hierarchy: Hierarchy, subordinate: Kind, superior: Kind) -> bool:
    """Say whether one may stand under the other; a branch is inside a society and has no branches."""
    places = PLACES[hierarchy]
    if places.subordinates is not None and subordinate not in places.subordinates:
        return False
    if places.superiors is not None and superior not in places.superiors:
        return False
    if hierarchy is Hierarchy.PART_OF and superior is Kind.BRANCH:
        return subordinate is not Kind.BRANCH
    if hierarchy is Hierarchy.PART_OF and subordinate is Kind.BRANCH:
        return superior in _MEMBER_BODIES
    return True
