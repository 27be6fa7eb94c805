"""What predicates of rules and criteria may speak of, by subject (规则词汇表). Pure data.

What each field means, and when it is unknown, stands in docs/predicates.md; how it is looked up in the read
models, in the planner's ``judging``.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from registry.appointment.kinds import Basis, Mode
from registry.criterion.kinds import Subject
from registry.measure.kinds import Recurrence
from registry.membership.kinds import MemberClass
from registry.organization.kinds import Base, Formation, Kind, LegalForm, Status, Tier
from registry.person.kinds import Gender, Sector, StaffingMode, TitleLevel
from registry.post.kinds import Title
from registry.rule.kinds import PopulationKind
from registry.rule.language.vocabulary import Field, FieldType, Vocabulary

NONE = "NONE"
"""The word for an attribute that an organization does not have: that is known, not unknown."""


def _flag(chinese: str) -> Field:
    return Field(FieldType.BOOLEAN, chinese)


def _number(chinese: str) -> Field:
    return Field(FieldType.INTEGER, chinese)


def _text(chinese: str) -> Field:
    return Field(FieldType.TEXT, chinese)


def _texts(chinese: str) -> Field:
    return Field(FieldType.SET, chinese)


def _word(kind: type[StrEnum], chinese: str, more: Iterable[str] = ()) -> Field:
    return Field(FieldType.ENUM, chinese, (*map(str, kind), *more))


_PERSON = {
    "sector": _word(Sector, "主职所在领域"),
    "leading": _flag("主职为领导职务"),
    "position": _text("主职职务"),
    "employer": _text("主职单位"),
    "staffing": _word(StaffingMode, "主职用人方式"),
    "discipline": _texts("学科"),
    "titles": _texts("职称"),
    "title_levels": Field(FieldType.SET, "职称级别", tuple(map(str, TitleLevel))),
    "awards": _texts("所获奖励"),
    "age": Field(FieldType.AGE, "年龄"),
    "birth_date": Field(FieldType.ROUGH_DATE, "出生日期"),
    "gender": _word(Gender, "性别"),
}

_HOLDER = {
    "title": _word(Title, "职务"),
    "post_name": _text("职务全称"),
    "elected": _flag("选任职务"),
    "mode": _word(Mode, "任职方式"),
    "basis": _word(Basis, "任职依据"),
    "professional": _flag("职业化"),
    "representing": _flag("有代表单位"),
    "body": _text("所在机构细类"),
    "body_kind": _word(Kind, "所在组织类别"),
    "term_number": _number("届次"),
    "consecutive_terms": _number("连续届数"),
    "age_at_election": Field(FieldType.AGE, "换届时年龄"),
    **_PERSON,
}

_MEMBER = {
    "member_class": _word(MemberClass, "会员类别"),
    "suspended": _flag("会员资格暂停"),
    "organization": _flag("团体或单位会员"),
    **_PERSON,
}

_ORGANIZATION = {
    "kind": _word(Kind, "组织类别"),
    "status": _word(Status, "状态"),
    "tier": _word(Tier, "层级", (NONE,)),
    "base": _word(Base, "基层科协所在", (NONE,)),
    "formation": _word(Formation, "组建方式", (NONE,)),
    "name": _text("名称"),
    "code": _text("登记代码"),
    "subtype": _text("细类"),
    "discipline": _text("学科"),
    "bodies": _texts("所设机构细类"),
    "party_parts": _texts("所设党组织细类"),
    "designations": _texts("称号、认定"),
    "supervised": _flag("科协业务主管"),
    "part_of_association": _flag("科协所属"),
    "covered": _flag("党组织覆盖"),
    "work_covered": _flag("党的工作覆盖"),
    "party_forms": _texts("覆盖的党组织细类"),
    "held_posts": _texts("有人任职的职务全称"),
    "held_titles": Field(FieldType.SET, "在任职务", tuple(map(str, Title))),
    "formal_members": _number("正式党员数"),
    "charter_adopted": _flag("已通过章程"),
    "charter_approved": _flag("章程已核准"),
    "legal_form": _word(LegalForm, "法人类型", (NONE,)),
    "has_establishment": _flag("有编制"),
    "over_strength": _flag("超编"),
}

_MEASURE = {
    "code": _text("措施代码"),
    "clause": _text("方案条款"),
    "recurrence": _word(Recurrence, "频次"),
    "has_lead": _flag("有牵头部门"),
    "has_responsible": _flag("有责任人"),
    "has_deadline": _flag("有时限"),
    "deadline_assumed": _flag("时限为推定"),
    "fulfilled": _flag("已完成"),
    "overdue": _flag("逾期"),
    "percent": _number("进度"),
}

VOCABULARIES: dict[Subject, Vocabulary] = {
    Subject.PERSON: Vocabulary("person", _PERSON),
    Subject.HOLDER: Vocabulary("holder", _HOLDER),
    Subject.MEMBER: Vocabulary("member", _MEMBER),
    Subject.ORGANIZATION: Vocabulary("organization", _ORGANIZATION),
    Subject.MEASURE: Vocabulary("measure", _MEASURE),
}
"""The fields of each subject."""

VOCABULARY_OF: dict[PopulationKind, Subject | None] = {
    PopulationKind.HOLDERS: Subject.HOLDER,
    PopulationKind.MEMBERS: Subject.MEMBER,
    PopulationKind.SUPERVISED: Subject.ORGANIZATION,
    PopulationKind.PARTS: Subject.ORGANIZATION,
    PopulationKind.GUIDED: Subject.ORGANIZATION,
    PopulationKind.SELF: Subject.ORGANIZATION,
    PopulationKind.MEASURES: Subject.MEASURE,
    PopulationKind.REPORTED: None,
}
"""What predicates about a population speak of."""

RESTRICTED = frozenset({"age", "age_at_election", "birth_date", "gender", "formal_members"})
"""Fields that show restricted personal data, or hang on it: who is counted by them few may see (敏感字段)."""
