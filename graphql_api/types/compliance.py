"""What rules come to, for each subject, on any day and by any belief (合规判定)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, NamedTuple

import strawberry
from strawberry.types import Info
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.context import Context, raw_info, require
from graphql_api.freshness import unbroken
from graphql_api.planner.compiler import Compiler
from graphql_api.planner.declare import column, looked_up, resolved
from graphql_api.planner.judging.results import Question, compliance
from graphql_api.planner.judging.trend import Step, days_of
from graphql_api.planner.selection import Selected, selector_of
from graphql_api.types.arguments import After, AsOf, First, KnownAt
from graphql_api.types.measure import MeasureConnection
from graphql_api.types.node import PageInfo
from graphql_api.types.organization import Organization, OrganizationConnection
from graphql_api.types.person import Person
from graphql_api.types.rule import Rule
from registry.rule.kinds import Comparison, Counted, JudgedAt, Outcome

_Outcome = Annotated[
    Counted | None, strawberry.argument(description="Only those taken so; everybody if left out. 计入情况。")
]
_At = Annotated[
    JudgedAt, strawberry.argument(description="On which day people in posts are looked at. 判定时点。")
]
_Step = Annotated[Step, strawberry.argument(description="How far the days are apart. 间隔。")]


@strawberry.type(description="Somebody whom a rule looked at. 统计人员。")
class JudgedPerson:
    """A person of a population, once, by the record that stands for the person."""

    id: strawberry.ID = column(right=Right.PERSON, description="The person. 人员编号。")
    name: str | None = column(
        right=Right.PERSON, description="The name, as believed now; null if nobody knows it. 姓名。"
    )
    person: Person = column(right=Right.PERSON, description="All about the person. 人员。")
    outcome: Counted = column(right=Right.PERSON, description="As what the rule took them. 计入情况。")


@strawberry.type(description="Somebody on a page. 统计人员分页项。")
class JudgedPersonEdge:
    """A person and where they stand."""

    cursor: str = column(right=Right.PERSON, description="Where they stand in the list. 游标。")
    node: JudgedPerson = column(right=Right.PERSON, description="The person. 人员。")


@strawberry.type(description="A page of people whom a rule looked at. 统计人员分页。")
class JudgedPersonConnection:
    """People as a list, by name."""

    edges: list[JudgedPersonEdge] = column(
        right=Right.PERSON, description="The people with their cursors. 分页项。"
    )
    nodes: list[JudgedPerson] = column(right=Right.PERSON, description="The people. 人员。")
    page_info: PageInfo = column(right=Right.PERSON, description="Where the page stands. 分页信息。")
    total_count: int = column(
        right=Right.PERSON, description="How many of them the reader may see. 可见总数。"
    )


@strawberry.type(description="What a rule came to for one subject on a day. 判定结果。")
class RuleResult:
    """An outcome, and what it hangs on."""

    as_of: date = column(description="The day it was judged on. 基准日期。")
    at: JudgedAt = column(description="On which day people in posts were looked at. 判定时点。")
    rule: Rule = column(
        description="The rule as it was judged by: in force, or its next or last form. 规则。"
    )
    subject: Organization | None = column(
        description="Whom it was judged for; null where the rule is about nobody there is. 判定对象。"
    )
    outcome: Outcome = column(description="What came of it. 结果。")
    share: str | None = column(
        description="Those surely counted of all, as counted: 209/300, or a number; null of nobody. 比例。"
    )
    share_decimal: float | None = column(
        description="The same in decimals, cut off after four: never rounded up. 比例小数。"
    )
    threshold: str | None = column(description="What the rule asks for, exactly. 阈值。")
    threshold_decimal: float | None = column(description="The same in decimals, cut off. 阈值小数。")
    comparison: Comparison | None = column(description="How the two are compared. 比较。")
    population: int = column(description="How many it looked at: the next three together. 总体人数。")
    counted: int = column(description="How many surely count. 计入。")
    not_counted: int = column(description="How many surely do not. 不计入。")
    unknown: int = column(description="Of how many that is not known. 不明。")
    against: int | None = column(
        description="Of a comparison: how many are surely in the other population. 对比总体。"
    )
    against_unknown: int | None = column(
        description="Of a comparison: of how many others that is not known. 对比总体不明。"
    )
    baseline: str | None = column(description="What was so before, as the document says. 基线。")
    baseline_outcome: Outcome | None = column(
        description="What the same comparison with the baseline gives. 与基线比较。"
    )
    warning: bool = column(description="Whether the rule only warns. 仅提示。")

    @looked_up(
        right=Right.PERSON,
        description="The people it looked at whom the reader may see, by name; null where it looks at others,"
        " or hangs on restricted data. 人员名单。",
    )
    def people(
        self, *, first: First, after: After = UNSET, outcome: _Outcome = UNSET
    ) -> JudgedPersonConnection | None:
        """List the people."""
        raise NotImplementedError

    @looked_up(
        description="The organizations it looked at; null where it looks at others, or hangs on restricted"
        " data. 组织名单。"
    )
    def organizations(
        self, *, first: First, after: After = UNSET, outcome: _Outcome = UNSET
    ) -> OrganizationConnection | None:
        """List the organizations."""
        raise NotImplementedError

    @looked_up(description="The measures it looked at; null where it looks at others. 措施名单。")
    def measures(
        self, *, first: First, after: After = UNSET, outcome: _Outcome = UNSET
    ) -> MeasureConnection | None:
        """List the measures."""
        raise NotImplementedError


class _Judged(NamedTuple):
    """What is judged, whatever the day: None for all rules, or all subjects."""

    rules: list[str] | None
    subjects: list[strawberry.ID] | None
    at: JudgedAt
    known_at: datetime | None


def _given(value: Any) -> Any:  # noqa: ANN401 - an argument of any type
    """Return an argument, None if it was left out."""
    return None if value is UNSET else value


@strawberry.type
class ComplianceQuery:
    """What can be asked of what rules come to."""

    @resolved(
        right=Right.CHART,
        description="Every rule, judged for each of its subjects; also those not in force. 合规判定。",
    )
    async def compliance(  # noqa: PLR0913 - the arguments are the interface's
        self,
        info: Info[Context, None],
        *,
        rules: Annotated[
            list[str] | None, strawberry.argument(description="Codes of rules; all if left out. 规则代码。")
        ] = UNSET,
        subjects: Annotated[
            list[strawberry.ID] | None,
            strawberry.argument(description="Only these subjects; all if left out. 判定对象。"),
        ] = UNSET,
        at: _At = JudgedAt.AS_OF,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> list[RuleResult]:
        """Judge the rules."""
        require(info, Right.CHART)
        day = _given(as_of) or info.context.today
        return await _results(info, [day], _Judged(_given(rules), _given(subjects), at, _given(known_at)))

    @resolved(right=Right.CHART, description="What a rule comes to for one subject, day by day. 判定趋势。")
    async def compliance_trend(  # noqa: PLR0913 - the arguments are the interface's
        self,
        info: Info[Context, None],
        *,
        rule: Annotated[str, strawberry.argument(description="The code of the rule. 规则代码。")],
        subject: Annotated[strawberry.ID, strawberry.argument(description="Whom for. 判定对象。")],
        from_: Annotated[
            date | None, strawberry.argument(name="from", description="The first day. 起始日期。")
        ] = UNSET,
        to: Annotated[
            date | None, strawberry.argument(description="The last day; today if left out. 终止日期。")
        ] = UNSET,
        step: _Step = Step.YEAR,
        dates: Annotated[
            list[date] | None,
            strawberry.argument(description="These days, instead of `from` and `to`. 指定日期。"),
        ] = UNSET,
        at: _At = JudgedAt.AS_OF,
        known_at: KnownAt = UNSET,
    ) -> list[RuleResult]:
        """Judge a rule on many days."""
        require(info, Right.CHART)
        last = _given(to) or info.context.today
        days = days_of(_given(dates), _given(from_), last, step, raw_info(info).field_nodes)
        return await _results(info, days, _Judged([rule], [subject], at, _given(known_at)))


async def _results(info: Info[Context, None], days: list[date], judged: _Judged) -> list[RuleResult]:
    """Judge on each of ``days``, all in one snapshot."""
    raw, context = raw_info(info), info.context

    async def judge() -> list[Any]:
        found: list[Any] = []  # what the fields of RuleResult are looked up in
        async with context.services.reader.snapshot() as fetch:
            for day in days:
                arguments = {"asOf": day, "knownAt": judged.known_at}
                field = Selected(str(raw.path.key), raw.field_name, arguments, raw.field_nodes)
                compiler = Compiler(selector_of(raw), context.viewer, context.today, tagged=True)
                selected = compiler.below(field, "RuleResult")
                question = Question(selected, judged.rules, judged.subjects, judged.at, day)
                results = await compliance(compiler, compiler.scope(field), question, fetch)
                found.extend(result.shown for result in results)
        return found

    return await unbroken(judge)
