"""Composition rules and the criteria that they count by (结构比例规则与统计口径)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.planner import mappings as m
from graphql_api.planner.declare import column, joined, planned
from graphql_api.planner.mappings import rule as mr
from graphql_api.planner.roots import ENTITIES
from graphql_api.types.arguments import After, AsOf, First, KnownAt, MaybeId
from graphql_api.types.instrument import Instrument
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.scalars import Position
from registry.criterion.kinds import Subject
from registry.rule.kinds import Comparison, PopulationKind, Reach, RuleForm

_Criterion = Annotated["Criterion", strawberry.lazy("graphql_api.types.rule")]
_RuleCode = Annotated[str | None, strawberry.argument(description="Its code, such as R-01. 规则代码。")]
_CriterionCode = Annotated[
    str | None, strawberry.argument(description="Its name in predicates, such as FRONT_LINE. 口径代码。")
]


@strawberry.type(description="What was believed of a rule: valid in a period, known in another. 规则沿革。")
class RuleBelief:
    """A rule during a period."""

    name: str = column(description="What it was called. 名称。")
    threshold: str | None = column(mr.ratio("threshold"), description="What it asked for. 阈值。")
    numerator: str | None = column(mr.NUMERATOR, description="Whom it counted. 分子条件。")
    in_force: bool = column(mr.IN_FORCE, description="Whether it was in force. 有效。")
    valid_from: date = column(m.VALID_FROM, description="Since when it was so. 生效日期。")
    valid_to: date | None = column(
        m.VALID_TO, description="Until when, exclusive; null when open. 失效日期。"
    )
    recorded_from: datetime = column(m.RECORDED_FROM, description="Since when this is believed. 登记时刻。")
    recorded_to: datetime | None = column(
        m.RECORDED_TO, description="Until when it was believed; null when it still is. 更正时刻。"
    )


@strawberry.type(description="A rule of composition, as of a date; its predicates are texts. 结构比例规则。")
class Rule(Node):
    """A rule."""

    code: str = column(description="Its code, such as R-01. 规则代码。")
    name: str = column(description="What it is called. 名称。")
    form: RuleForm = column(description="What it says of its subject. 规则形式。")
    subject_predicate: str = column(mr.SUBJECT, description="Which organizations it is about. 对象条件。")
    population: PopulationKind = column(description="Whom it looks at. 统计总体。")
    reach: Reach = column(mr.REACH, description="Of holders: whose posts they hold. 任职范围。")
    population_predicate: str | None = column(mr.WHERE, description="Which of them; null for all. 总体条件。")
    indicator: str | None = column(mr.INDICATOR, description="Of a figure: which one. 指标。")
    numerator: str | None = column(
        mr.NUMERATOR, description="Which of those it counts; null for all. 分子条件。"
    )
    against: PopulationKind | None = column(
        mr.AGAINST, description="Of a comparison: the other population. 对比总体。"
    )
    against_reach: Reach | None = column(
        mr.AGAINST_REACH, description="Of other holders: whose posts they hold. 对比任职范围。"
    )
    against_predicate: str | None = column(
        mr.AGAINST_WHERE, description="Which of the others; null for all. 对比总体条件。"
    )
    comparison: Comparison | None = column(
        mr.COMPARISON, description="How it compares with the threshold; null for a qualitative rule. 比较。"
    )
    threshold: str | None = column(
        mr.ratio("threshold"), description="What it asks for, exactly: 3/4, or a number. 阈值。"
    )
    baseline: str | None = column(
        mr.ratio("baseline"), description="What was so before, as the document says. 基线。"
    )
    warning: bool = column(description="Whether it only warns, as a charter's own rule. 仅提示。")
    criteria: list[_Criterion] = joined(
        mr.CRITERIA_USED, description="The definitions that it counts by. 统计口径。"
    )
    clause: str | None = column(description="The clause of the document that says so. 条款。")
    in_force: bool = column(mr.IN_FORCE, description="Whether it is in force. 有效。")
    illustrative: bool = column(description="Made up for the demonstration. 示例。")
    valid_from: date = column(m.VALID_FROM, description="Since when it has been just so. 生效日期。")
    valid_to: date | None = column(
        m.VALID_TO, description="Until when, exclusive; null when open. 失效日期。"
    )
    decided_by: Instrument | None = joined(
        m.DECIDED_BY, description="The document that set it or ended it. 依据文件。"
    )
    position: Position = column(
        right=Right.RECORD, description="The event in the log that says so. 日志位置。"
    )

    @planned(
        mr.RULE_HISTORY,
        description="Its timeline as known; with beliefs, also what was believed before. 沿革。",
    )
    def history(self, *, beliefs: bool = False) -> list[RuleBelief]:
        """Tell its timeline."""
        raise NotImplementedError


@strawberry.type(description="A rule on a page. 规则分页项。")
class RuleEdge:
    """A rule and where it stands."""

    cursor: str = column(description="Where it stands in the list. 游标。")
    node: Rule = column(description="The rule. 规则。")


@strawberry.type(description="A page of rules. 规则分页。")
class RuleConnection:
    """Rules as a list."""

    edges: list[RuleEdge] = column(description="The rules with their cursors. 分页项。")
    nodes: list[Rule] = column(description="The rules. 规则。")
    page_info: PageInfo = column(description="Where the page stands. 分页信息。")
    total_count: int = column(description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold. 规则筛选。")
class RuleFilter:
    """Which rules."""

    codes: list[str] | None = strawberry.field(default=UNSET, description="Their codes. 规则代码。")
    forms: list[RuleForm] | None = strawberry.field(default=UNSET, description="Their forms. 规则形式。")
    populations: list[PopulationKind] | None = strawberry.field(
        default=UNSET, description="Whom they look at. 统计总体。"
    )
    warning: bool | None = strawberry.field(default=UNSET, description="Whether they only warn. 仅提示。")
    in_force: bool | None = strawberry.field(
        default=UNSET, description="Whether they are in force on that day. 有效。"
    )
    illustrative: bool | None = strawberry.field(
        default=UNSET, description="Made up for the demonstration. 示例。"
    )


@strawberry.enum(description="By what rules are sorted; ids break ties. 规则排序。")
class RuleOrder(StrEnum):
    """The order of rules."""

    CODE = "CODE"
    NAME = "NAME"


@strawberry.type(
    description="What was believed of a criterion: valid in a period, known in another. 口径沿革。"
)
class CriterionBelief:
    """A criterion during a period."""

    predicate: str = column(description="What it meant. 条件。")
    in_force: bool = column(mr.IN_FORCE, description="Whether it was in force. 有效。")
    valid_from: date = column(m.VALID_FROM, description="Since when it was so. 生效日期。")
    valid_to: date | None = column(
        m.VALID_TO, description="Until when, exclusive; null when open. 失效日期。"
    )
    recorded_from: datetime = column(m.RECORDED_FROM, description="Since when this is believed. 登记时刻。")
    recorded_to: datetime | None = column(
        m.RECORDED_TO, description="Until when it was believed; null when it still is. 更正时刻。"
    )


@strawberry.type(description="What a word of rules means, as of a date. 统计口径。")
class Criterion(Node):
    """A criterion."""

    code: str = column(description="Its name in predicates, such as FRONT_LINE. 口径代码。")
    name: str = column(description="What it is called. 名称。")
    about: Subject = column(description="What it is about. 口径对象。")
    predicate: str = column(description="What it means. 条件。")
    criteria: list[_Criterion] = joined(
        mr.CRITERIA_USED, description="The definitions that it builds on. 所引用的口径。"
    )
    rules: list[Rule] = joined(mr.RULES_USING, description="The rules that count by it. 使用的规则。")
    used_by: list[_Criterion] = joined(
        mr.CRITERIA_USING, description="The definitions that build on it. 引用它的口径。"
    )
    clause: str | None = column(description="The clause of the document that says so. 条款。")
    in_force: bool = column(mr.IN_FORCE, description="Whether it is in force. 有效。")
    illustrative: bool = column(description="Made up for the demonstration. 示例。")
    valid_from: date = column(m.VALID_FROM, description="Since when it has been just so. 生效日期。")
    valid_to: date | None = column(
        m.VALID_TO, description="Until when, exclusive; null when open. 失效日期。"
    )
    decided_by: Instrument | None = joined(
        m.DECIDED_BY, description="The document that defined it or ended it. 依据文件。"
    )
    position: Position = column(
        right=Right.RECORD, description="The event in the log that says so. 日志位置。"
    )

    @planned(
        mr.CRITERION_HISTORY,
        description="Its timeline as known; with beliefs, also what was believed before. 沿革。",
    )
    def history(self, *, beliefs: bool = False) -> list[CriterionBelief]:
        """Tell its timeline."""
        raise NotImplementedError


@strawberry.type(description="A criterion on a page. 口径分页项。")
class CriterionEdge:
    """A criterion and where it stands."""

    cursor: str = column(description="Where it stands in the list. 游标。")
    node: Criterion = column(description="The criterion. 口径。")


@strawberry.type(description="A page of criteria. 口径分页。")
class CriterionConnection:
    """Criteria as a list."""

    edges: list[CriterionEdge] = column(description="The criteria with their cursors. 分页项。")
    nodes: list[Criterion] = column(description="The criteria. 口径。")
    page_info: PageInfo = column(description="Where the page stands. 分页信息。")
    total_count: int = column(description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold. 口径筛选。")
class CriterionFilter:
    """Which criteria."""

    codes: list[str] | None = strawberry.field(default=UNSET, description="Their names. 口径代码。")
    in_force: bool | None = strawberry.field(
        default=UNSET, description="Whether they are in force on that day. 有效。"
    )
    illustrative: bool | None = strawberry.field(
        default=UNSET, description="Made up for the demonstration. 示例。"
    )


@strawberry.type
class RuleQuery:
    """What can be asked of rules and criteria themselves."""

    @planned(ENTITIES["Rule"], description="One rule, by its id or its code. 查规则。")
    def rule(
        self, *, id: MaybeId = UNSET, code: _RuleCode = UNSET, as_of: AsOf = UNSET, known_at: KnownAt = UNSET
    ) -> Rule | None:
        """Find one rule."""
        raise NotImplementedError

    @planned(mr.RULES, description="Rules, also those repealed, a page at a time. 规则列表。")
    def rules(  # noqa: PLR0913 - the arguments are the interface's
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: RuleFilter | None = UNSET,  # noqa: A002 - the name clients use
        order_by: RuleOrder = RuleOrder.CODE,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> RuleConnection:
        """Page through rules."""
        raise NotImplementedError

    @planned(ENTITIES["Criterion"], description="One criterion, by its id or its name. 查统计口径。")
    def criterion(
        self,
        *,
        id: MaybeId = UNSET,
        code: _CriterionCode = UNSET,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> Criterion | None:
        """Find one criterion."""
        raise NotImplementedError

    @planned(mr.CRITERIA, description="Criteria, also those repealed, a page at a time. 统计口径列表。")
    def criteria(
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: CriterionFilter | None = UNSET,  # noqa: A002 - the name clients use
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> CriterionConnection:
        """Page through criteria."""
        raise NotImplementedError
