"""The kinds of row and their columns, by their Chinese and English names (导入栏目)."""

from __future__ import annotations

from enum import Enum, StrEnum, auto
from typing import NamedTuple

from registry.appointment.kinds import Basis, EndReason, Mode
from registry.membership.kinds import MemberClass, MembershipEnd, MembershipStatus
from registry.organization.kinds import Base, Formation, Hierarchy, Status, Tier
from registry.organization.kinds import Kind as OrganizationKind
from registry.person.kinds import Gender, Sector, TitleLevel
from registry.post.kinds import Title


class Kind(StrEnum):
    """What a row is about (行的类别); the order is that of recording."""

    ORGANIZATIONS = "organizations"
    PEOPLE = "people"
    RELATIONS = "relations"
    IDENTIFIERS = "identifiers"
    FUNCTIONS = "functions"
    POSTS = "posts"
    TERMS = "terms"
    MEMBERSHIPS = "memberships"
    APPOINTMENTS = "appointments"


CHINESE: dict[Kind, str] = {
    Kind.ORGANIZATIONS: "组织",
    Kind.PEOPLE: "人员",
    Kind.RELATIONS: "关系",
    Kind.IDENTIFIERS: "标识",
    Kind.FUNCTIONS: "职能",
    Kind.POSTS: "职务",
    Kind.TERMS: "届次",
    Kind.MEMBERSHIPS: "会员",
    Kind.APPOINTMENTS: "任职",
}


class Sort(Enum):
    """How a cell is read (单元格类型)."""

    NAME = auto()
    CODE = auto()
    DAY = auto()
    NUMBER = auto()
    FLAG = auto()
    CHOICE = auto()


class Column(NamedTuple):
    """A column: ``chinese`` stands in the template, ``also`` are other names it goes by (栏目)."""

    name: str
    chinese: str
    sort: Sort = Sort.NAME
    required: bool = False
    choices: type[StrEnum] | None = None
    also: tuple[str, ...] = ()
    note: str = ""


def _choice(name: str, chinese: str, choices: type[StrEnum], *, required: bool = False) -> Column:
    return Column(name, chinese, Sort.CHOICE, required, choices)


def _code(name: str, chinese: str, *also: str, required: bool = False, note: str = "") -> Column:
    return Column(name, chinese, Sort.CODE, required, None, also, note)


_WRITTEN = "2018-05-01、2018-05 或 2018。As exactly as it is known."
FROM = Column(
    "from",
    "生效日期",
    Sort.DAY,
    required=True,
    also=("起始日期", "开始日期", "effective_on"),
    note=_WRITTEN,
)
TO = Column(
    "to",
    "终止日期",
    Sort.DAY,
    also=("结束日期", "until"),
    note="不再有效的第一天。The first day on which it is no longer so.",
)
_ID = _code(
    "id", "系统编号", note="登记系统的 UUID；新建时留空。The id in the register; empty for a new one."
)
_SOURCE = (
    # As it is written: the brackets of a number are part of it.
    Column(
        "instrument", "依据文号", also=("文号",), note="须已登记。The number of a document in the register."
    ),
    Column("clause", "条款"),
    Column("reason", "备注", also=("说明", "原因")),
    Column("assumed", "日期为推定", Sort.FLAG),
)
_ORGANIZATION = "组织代码、统一社会信用代码或系统编号。A code, a USCC or an id."
_PERSON = "人员代码、身份证号或系统编号。A code, an identity number or an id."

COLUMNS: dict[Kind, tuple[Column, ...]] = {
    Kind.ORGANIZATIONS: (
        _code("code", "代码", "组织代码", required=True, note="同一代码的多行是同一组织的历次版本。"),
        _ID,
        _code("former_code", "原代码"),
        Column("name", "名称", required=True, also=("组织名称",)),
        Column("short_name", "简称"),
        _choice("kind", "类别", OrganizationKind, required=True),
        _choice("status", "状态", Status),
        _code("parent", "上级代码", "上级", "隶属", note=_ORGANIZATION),
        _choice("tier", "层级", Tier),
        _choice("base", "基层类型", Base),
        _choice("formation", "组建方式", Formation),
        Column("subtype", "子类"),
        _code("discipline", "学科代码"),
        Column("welfare_class", "公益类别"),
        _code("uscc", "统一社会信用代码", "信用代码"),
        FROM,
        TO,
        *_SOURCE,
    ),
    Kind.PEOPLE: (
        _code("code", "代码", "人员代码", required=True),
        _ID,
        Column("name", "姓名", required=True),
        _choice("gender", "性别", Gender),
        Column("birth_date", "出生日期", Sort.DAY, note=_WRITTEN),
        _code("identity_number", "身份证号", "公民身份号码", "身份证号码"),
        _code("phone", "电话", "手机", "联系电话"),
        _code("email", "电子邮箱", "邮箱"),
        _code("employer", "单位代码", "任职单位代码", note=_ORGANIZATION),
        Column("employer_name", "单位名称", also=("工作单位", "任职单位")),
        _choice("sector", "所在领域", Sector),
        Column("position", "职位", also=("岗位",)),
        Column("leading", "领导职务", Sort.FLAG),
        Column("title", "职称"),
        _choice("title_level", "职称级别", TitleLevel),
        FROM,
        *_SOURCE,
    ),
    Kind.RELATIONS: (
        _code("organization", "组织代码", "下级代码", required=True, note=_ORGANIZATION),
        _choice("hierarchy", "关系类型", Hierarchy, required=True),
        _code("superior", "上级代码", required=True, note=_ORGANIZATION),
        FROM,
        TO,
        *_SOURCE,
    ),
    Kind.IDENTIFIERS: (
        _code("organization", "组织代码", required=True, note=_ORGANIZATION),
        _code("scheme", "标识类型", required=True, note="如 USCC。"),
        _code("value", "标识号", "号码", required=True),
        FROM,
        TO,
        *_SOURCE,
    ),
    Kind.FUNCTIONS: (
        _code("code", "代码", "职能代码", required=True),
        _ID,
        Column("name", "名称", required=True, also=("职能名称",)),
        Column("description", "描述"),
        _code("holder", "承担单位代码", "承担单位", note=_ORGANIZATION),
        FROM,
        TO,
        *_SOURCE,
    ),
    Kind.POSTS: (
        _code("code", "代码", "职务代码", required=True),
        _ID,
        _code("organization", "组织代码", required=True, note=_ORGANIZATION),
        _choice("title", "职务", Title, required=True),
        Column("name", "名称", also=("职务名称",)),
        Column("seats", "席位", Sort.NUMBER, also=("席位数",)),
        Column("elected", "选任", Sort.FLAG),
        FROM,
        TO,
        *_SOURCE,
    ),
    Kind.TERMS: (
        _code("code", "代码", "届次代码", required=True),
        _ID,
        _code("body", "机构代码", required=True, note=_ORGANIZATION),
        Column("number", "届数", Sort.NUMBER, required=True),
        Column("planned_end", "计划届满日期", Sort.DAY),
        FROM,
        TO,
        *_SOURCE,
    ),
    Kind.MEMBERSHIPS: (
        _ID,
        _code("organization", "组织代码", required=True, note=_ORGANIZATION),
        _code("member", "会员代码", "会员", required=True, note=_PERSON),
        _choice("member_class", "会员类别", MemberClass, required=True),
        _code("number", "会员号", "会员证号"),
        _choice("status", "状态", MembershipStatus),
        FROM,
        TO,
        _choice("end_reason", "终止原因", MembershipEnd),
        *_SOURCE,
    ),
    Kind.APPOINTMENTS: (
        _ID,
        _code("person", "人员代码", required=True, note=_PERSON),
        _code("post", "职务代码", required=True),
        _code("term", "届次代码"),
        _choice("mode", "任职方式", Mode, required=True),
        _choice("basis", "任职依据", Basis, required=True),
        Column("professional", "职业化", Sort.FLAG),
        _code("representing", "代表单位代码", "代表单位", note=_ORGANIZATION),
        FROM,
        TO,
        _choice("end_reason", "离任原因", EndReason),
        *_SOURCE,
    ),
}

KEYS: dict[Kind, tuple[str, ...]] = {
    Kind.ORGANIZATIONS: ("code",),
    Kind.PEOPLE: ("code",),
    Kind.RELATIONS: ("organization", "hierarchy", "superior"),
    Kind.IDENTIFIERS: ("organization", "scheme"),
    Kind.FUNCTIONS: ("code",),
    Kind.POSTS: ("code",),
    Kind.TERMS: ("code",),
    Kind.MEMBERSHIPS: ("organization", "member"),
    Kind.APPOINTMENTS: ("person", "post"),
}
"""What rows of one kind have in common when they are about the same thing at different times."""
