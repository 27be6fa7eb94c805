"""The words in which a composition rule is spoken of (结构比例规则用语)."""

from __future__ import annotations

from enum import StrEnum


class RuleForm(StrEnum):
    """What a rule says of its subject (规则形式)."""

    SHARE = "SHARE"  # 比例: the share of a population that the numerator counts
    COUNT = "COUNT"  # 数量: how many it counts
    STRUCTURE = "STRUCTURE"  # 设置: how the subject itself is made up
    COMPARISON = "COMPARISON"  # 对比: one population against another
    QUALITATIVE = "QUALITATIVE"  # 定性: a share to be followed over time, never passed or failed


class PopulationKind(StrEnum):
    """Whom a rule looks at, of each of its subjects (统计总体)."""

    HOLDERS = "HOLDERS"  # 任职人员: distinct people who hold posts
    MEMBERS = "MEMBERS"  # 会员: distinct people and organizations admitted to it
    SUPERVISED = "SUPERVISED"  # 业务主管的组织
    PARTS = "PARTS"  # 下属组织
    GUIDED = "GUIDED"  # 业务指导的组织
    SELF = "SELF"  # 本组织
    MEASURES = "MEASURES"  # 改革措施
    REPORTED = "REPORTED"  # 上报数据


class Reach(StrEnum):
    """Whose posts the holders of a subject hold (任职范围)."""

    OWN = "OWN"  # 本组织: those of the subject
    BODIES = "BODIES"  # 本组织及其机构: those of its congress, committees, councils, too
    PARTS = "PARTS"  # 本组织及下属组织: those of whatever is part of it, too


class Comparison(StrEnum):
    """How what is counted compares with the threshold; each takes in the number itself (比较)."""

    AT_LEAST = "AT_LEAST"  # 不少于、以上
    AT_MOST = "AT_MOST"  # 不超过、以下
    EQUAL = "EQUAL"  # 等于


class Outcome(StrEnum):
    """What came of judging a rule for one subject (判定结果)."""

    MET = "MET"  # 达标
    UNMET = "UNMET"  # 未达标
    UNDETERMINED = "UNDETERMINED"  # 待定: what is unknown could change it
    NOT_APPLICABLE = "NOT_APPLICABLE"  # 不适用: no such body, or nobody in it
    NOT_IN_FORCE = "NOT_IN_FORCE"  # 未生效、已废止: the share is worked out all the same
    QUALITATIVE = "QUALITATIVE"  # 定性


class JudgedAt(StrEnum):
    """On which day people who hold posts are looked at (判定时点)."""

    AS_OF = "AS_OF"  # 基准日
    ELECTION = "ELECTION"  # 换届日: the day on which the term that sits was opened


class Counted(StrEnum):
    """As what a rule took somebody (计入情况)."""

    COUNTED = "COUNTED"  # 计入
    NOT_COUNTED = "NOT_COUNTED"  # 不计入
    UNKNOWN = "UNKNOWN"  # 不明
