"""The enumerations of rules and criteria (规则枚举)."""

from __future__ import annotations

from enum import StrEnum

from graphql_api.planner.judging.trend import Step
from registry.criterion.kinds import Subject
from registry.rule.kinds import Comparison, Counted, JudgedAt, Outcome, PopulationKind, Reach, RuleForm

SHOWN: dict[type[StrEnum], tuple[str, str]] = {
    Subject: ("CriterionSubject", "What a definition, or a predicate, is about. 口径对象。"),
    RuleForm: ("RuleForm", "What a rule says of its subject. 规则形式。"),
    PopulationKind: ("PopulationKind", "Whom a rule looks at. 统计总体。"),
    Reach: ("Reach", "Whose posts the holders of a subject hold. 任职范围。"),
    Comparison: ("Comparison", "How what is counted compares with the threshold. 比较。"),
    Outcome: ("RuleOutcome", "What came of judging a rule for one subject. 判定结果。"),
    JudgedAt: ("JudgedAt", "On which day people who hold posts are looked at. 判定时点。"),
    Step: ("TrendStep", "How far the days of a trend are apart. 趋势间隔。"),
    Counted: ("Counted", "As what a rule took somebody. 计入情况。"),
}

TERMS: tuple[tuple[StrEnum, str], ...] = (
    (Subject.PERSON, "人员: serves for holders and members, too."),
    (Subject.HOLDER, "任职人员: a person in a post."),
    (Subject.MEMBER, "会员"),
    (Subject.ORGANIZATION, "组织"),
    (Subject.MEASURE, "改革措施"),
    (RuleForm.SHARE, "比例: the share of a population that is counted."),
    (RuleForm.COUNT, "数量: how many are counted."),
    (RuleForm.STRUCTURE, "设置: how the subject itself is made up."),
    (RuleForm.COMPARISON, "对比: one population against another."),
    (RuleForm.QUALITATIVE, "定性: a share to be followed, never passed or failed."),
    (PopulationKind.HOLDERS, "任职人员: distinct people who hold posts."),
    (PopulationKind.MEMBERS, "会员: distinct people and organizations admitted."),
    (PopulationKind.SUPERVISED, "业务主管的组织"),
    (PopulationKind.PARTS, "下属组织"),
    (PopulationKind.GUIDED, "业务指导的组织"),
    (PopulationKind.SELF, "本组织"),
    (PopulationKind.MEASURES, "改革措施: those led by the subject or a part of it, or by nobody."),
    (PopulationKind.REPORTED, "上报数据: of the last calendar year that is over."),
    (Reach.OWN, "本组织: posts of the subject."),
    (Reach.BODIES, "本组织及其机构: those of its congress, committees and councils, too."),
    (Reach.PARTS, "本组织及下属组织: those of whatever is part of it, too."),
    (Comparison.AT_LEAST, "不少于: the number itself included."),
    (Comparison.AT_MOST, "不超过: the number itself included."),
    (Comparison.EQUAL, "等于"),
    (Outcome.MET, "达标"),
    (Outcome.UNMET, "未达标"),
    (Outcome.UNDETERMINED, "待定: what is unknown could change it."),
    (Outcome.NOT_APPLICABLE, "不适用: no such body, or nobody in it."),
    (Outcome.NOT_IN_FORCE, "未生效或已废止: the share is worked out all the same."),
    (Outcome.QUALITATIVE, "定性: neither passed nor failed."),
    (JudgedAt.AS_OF, "基准日"),
    (JudgedAt.ELECTION, "换届日: the day on which the term that sits was opened, where there is one."),
    (Step.MONTH, "每月"),
    (Step.QUARTER, "每季"),
    (Step.YEAR, "每年"),
    (Counted.COUNTED, "计入"),
    (Counted.NOT_COUNTED, "不计入"),
    (Counted.UNKNOWN, "不明"),
)
