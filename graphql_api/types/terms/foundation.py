"""The enumerations of the first nouns, and of every command (基础枚举)."""

from __future__ import annotations

from enum import StrEnum

from registry.dispositions import Action
from registry.errors import Code
from registry.organization.kinds import Base, Formation, Hierarchy, Kind, Status, Tier
from registry.reorganization.state import Stage
from registry.time import Precision

SHOWN: dict[type[StrEnum], tuple[str, str]] = {
    Kind: ("OrganizationKind", "What an organization is. 组织类别。"),
    Status: ("OrganizationStatus", "Where an organization stands in its life. 状态。"),
    Tier: ("Tier", "The level of government. 层级。"),
    Base: ("Base", "Where a grass-roots association is. 基层科协所在。"),
    Formation: ("Formation", "How a grass-roots association was formed. 组建方式。"),
    Hierarchy: ("Hierarchy", "In which way one organization stands under another. 隶属关系。"),
    Precision: ("DatePrecision", "How exactly a date is known. 日期精度。"),
    Action: ("DispositionAction", "What becomes of what would be left dangling. 处置方式。"),
    Stage: ("ReorganizationStage", "How far a reorganization has come. 阶段。"),
    Code: ("RefusalCode", "Why a command is refused; codes never change their meaning. 拒绝原因。"),
}

TERMS: tuple[tuple[StrEnum, str], ...] = (
    (Kind.ASSOCIATION, "科协"),
    (Kind.DEPARTMENT, "内设机构"),
    (Kind.INSTITUTION, "所属事业单位"),
    (Kind.SOCIETY, "学会、协会、研究会"),
    (Kind.RURAL_ASSOCIATION, "农村专业技术协会"),
    (Kind.NEW_GROUP, "新型科技社团"),
    (Kind.BRANCH, "分支机构、代表机构"),
    (Kind.ALLIANCE, "联合体、联盟、共同体"),
    (Kind.BODY, "代表大会、全委会、常委会、理事会、监事会、秘书处"),
    (Kind.PARTY_ORGANIZATION, "党组、党委、党总支、党支部、党建工作小组"),
    (Kind.SERVICE_POINT, "服务站、基地、工作站、科普e站"),
    (Kind.LEADING_GROUP, "领导小组"),
    (Kind.EXTERNAL, "系统外单位"),
    (Status.PLANNED, "筹建"),
    (Status.ACTIVE, "正常"),
    (Status.SUSPENDED, "暂停"),
    (Status.DISSOLVED, "注销、撤销建制"),
    (Status.REVOKED, "被撤销登记"),
    (Tier.NATIONAL, "全国"),
    (Tier.PROVINCIAL, "省"),
    (Tier.MUNICIPAL, "市"),
    (Tier.DISTRICT, "区市县、开发区、先导区"),
    (Tier.TOWNSHIP, "乡镇、街道"),
    (Base.PARK, "园区"),
    (Base.ENTERPRISE, "企业"),
    (Base.UNIVERSITY, "高校"),
    (Base.INSTITUTE, "科研院所"),
    (Base.RURAL, "农村"),
    (Formation.STANDALONE, "单独组建"),
    (Formation.REGIONAL_JOINT, "区域联建"),
    (Formation.SECTOR_WIDE, "行业统建"),
    (Formation.HOST_BASED, "依托组建"),
    (Formation.OTHER, "其他"),
    (Hierarchy.PART_OF, "隶属"),
    (Hierarchy.LEADS, "领导"),
    (Hierarchy.GUIDES, "业务指导"),
    (Hierarchy.SUPERVISES, "业务主管"),
    (Hierarchy.HOSTS, "挂靠、依托"),
    (Hierarchy.PARTY_SUPERIOR, "党组织隶属"),
    (Hierarchy.COVERS, "党组织覆盖"),
    (Precision.DAY, "日"),
    (Precision.MONTH, "月"),
    (Precision.YEAR, "年"),
    (Action.END, "终止: it ends on the day from which it would dangle."),
    (Action.MOVE, "划转: from that day it is under, or held by, the target."),
    (Action.DISSOLVE, "一并注销: its source ends that day, too; a function is retired."),
    (Action.SHIFT, "顺延: it begins when what it points at begins."),
    (Action.REDIRECT, "改挂: it should have pointed at the target from its beginning."),
    (Action.RETRACT, "撤回: it should not have been recorded."),
    (Stage.PROPOSED, "提出"),
    (Stage.ADOPTED, "通过、待生效"),
    (Stage.COMPLETED, "已生效"),
    (Stage.WITHDRAWN, "撤回"),
)
