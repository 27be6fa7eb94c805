"""Measures of a reform: who has to do what by when, and how far it is (改革措施)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.planner import mappings as m
from graphql_api.planner.declare import column, joined, planned
from graphql_api.planner.mappings import measure as mm
from graphql_api.planner.roots import ENTITIES
from graphql_api.types.arguments import After, AsOf, First, KnownAt, MaybeId
from graphql_api.types.audit import AuditEvent
from graphql_api.types.instrument import Instrument
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.scalars import Position
from registry.measure.kinds import Overdue, Recurrence, Role, Stage
from registry.time import Precision

if TYPE_CHECKING:
    from graphql_api.types.organization import Organization
    from graphql_api.types.person import Person

_Person = Annotated["Person", strawberry.lazy("graphql_api.types.person")]
_Organization = Annotated["Organization", strawberry.lazy("graphql_api.types.organization")]


@strawberry.type(description="A deadline that became another one. 时限调整。")
class DeadlineMove:
    """From when to when, by whom, why."""

    moved_on: date = column(description="Since when it is so. 调整日期。")
    before: date | None = column(description="The deadline until then; null if there was none. 原时限。")
    before_precision: Precision | None = column(description="How exactly that is known. 原时限精度。")
    after: date | None = column(description="The deadline since then; null if there is none. 新时限。")
    after_precision: Precision | None = column(description="How exactly that is known. 新时限精度。")
    reason: str | None = column(right=Right.RECORD, description="Why, in free words. 事由。")
    decided_by: Instrument | None = joined(
        m.DECIDED_BY, description="The document that decided it. 依据文件。"
    )
    actor: str = column(m.RECORDED_BY, right=Right.RECORD, description="Who recorded it. 操作人。")
    position: Position = column(
        right=Right.RECORD, description="The event in the log that says so. 日志位置。"
    )


@strawberry.type(description="A step on the way of a measure. 节点。")
class Milestone:
    """Due on a day, reached on another."""

    name: str = column(description="What it is. 名称。")
    due: date = column(description="By when. 期限。")
    reached_on: date | None = column(description="When it was reached; null if not so far. 完成日期。")
    overdue: bool = column(mm.MILESTONE_OVERDUE, description="Due, and not reached. 逾期。")


@strawberry.type(description="How far a measure was reported to be. 进展。")
class ProgressReport:
    """What whoever leads it told."""

    reported_on: date = column(right=Right.RECORD, description="For which day. 报告日期。")
    percent: int | None = column(right=Right.RECORD, description="In per cent. 进度。")
    note: str | None = column(right=Right.RECORD, description="In words. 说明。")
    position: Position = column(
        right=Right.RECORD, description="The event in the log that says so. 日志位置。"
    )


@strawberry.type(description="What an inspection found. 督导问题。")
class Finding:
    """Found on a day, due on a day, closed on a day."""

    id: strawberry.ID = column("{t}.finding", right=Right.RECORD, description="Its id. 编号。")
    text: str = column(right=Right.RECORD, description="What it is. 内容。")
    found_on: date = column(right=Right.RECORD, description="When it was found. 发现日期。")
    due: date | None = column(right=Right.RECORD, description="By when to put it right. 整改期限。")
    closed_on: date | None = column(
        right=Right.RECORD, description="When it was put right; null if not so far. 销号日期。"
    )
    overdue: bool = column(
        mm.FINDING_OVERDUE, right=Right.RECORD, description="Due, and not put right. 逾期。"
    )
    position: Position = column(
        right=Right.RECORD, description="The event in the log that says so. 日志位置。"
    )


@strawberry.type(description="An event that shows what was done. 佐证。")
class Evidence:
    """The event cited, and why."""

    event: AuditEvent | None = joined(mm.CITED, right=Right.AUDIT, description="The event. 事件。")
    cited: Position = column(right=Right.RECORD, description="Its place in the log. 所引日志位置。")
    note: str | None = column(right=Right.RECORD, description="What it shows. 说明。")
    position: Position = column(
        right=Right.RECORD, description="The event in the log that cites it. 日志位置。"
    )


@strawberry.type(description="A day on which a measure was done. 完成情况。")
class Fulfilment:
    """A yearly one has many."""

    fulfilled_on: date = column(description="When. 完成日期。")
    position: Position = column(
        right=Right.RECORD, description="The event in the log that says so. 日志位置。"
    )


@strawberry.type(description="A part that an organization had in a measure while it was open. 分工。")
class MeasurePart:
    """Who had which part, when."""

    role: Role = column(description="Whether it led or supported. 分工。")
    organization: _Organization | None = joined(
        mm.PART_THEN, description="As it was when the part began. 组织。"
    )
    valid_from: date = column(m.VALID_FROM, description="Since when. 起始日期。")
    valid_to: date | None = column(
        m.VALID_TO, description="Until when, exclusive; null when open. 终止日期。"
    )
    position: Position = column(
        right=Right.RECORD, description="The event in the log that says so. 日志位置。"
    )


@strawberry.type(
    description="What was believed of a measure: valid in a period, known in another. 措施沿革。"
)
class MeasureBelief:
    """A measure during a period."""

    title: str = column(description="What it asks for. 标题。")
    state: Stage = column("{t}.stage", description="How far it had come. 状态。")
    deadline: date | None = column(description="The deadline then. 时限。")
    percent: int | None = column(description="The progress last reported, in per cent. 进度。")
    valid_from: date = column(m.VALID_FROM, description="Since when it was so. 生效日期。")
    valid_to: date | None = column(
        m.VALID_TO, description="Until when, exclusive; null when open. 失效日期。"
    )
    recorded_from: datetime = column(m.RECORDED_FROM, description="Since when this is believed. 登记时刻。")
    recorded_to: datetime | None = column(
        m.RECORDED_TO, description="Until when it was believed; null when it still is. 更正时刻。"
    )


@strawberry.type(description="What a reform asks to be done, as of a date. 改革措施。")
class Measure(Node):
    """A measure."""

    code: str = column(description="Its code, such as M-2.1-01. 措施代码。")
    title: str = column(description="What it asks for. 标题。")
    clause: str = column("{t}.plan_clause", description="The clause of the plan that asks for it. 方案条款。")
    recurrence: Recurrence = column(description="How often it is to be fulfilled. 频次。")
    first_year: int | None = column(
        description="The first year in which a yearly one is due; null for others. 起始年度。"
    )
    state: Stage = column("{t}.stage", description="How far it has come. 状态。")
    lead: _Organization | None = joined(mm.LEAD, description="Who leads it, or did at its end. 牵头部门。")
    supporting: list[_Organization] = joined(
        mm.SUPPORTING, description="Who supports it, or did at its end. 配合部门。"
    )
    parts: list[MeasurePart] = joined(
        mm.PARTS, description="Every organization that ever led or supported it, by date. 历次分工。"
    )
    has_responsible: bool = column(
        mm.HAS_RESPONSIBLE, description="Whether somebody answers for it. 是否有责任人。"
    )
    responsible: _Person | None = joined(
        mm.ANSWERING, right=Right.PERSON, description="Who answers for it, as on that day. 责任人。"
    )
    responsible_id: strawberry.ID | None = column(
        mm.RESPONSIBLE, right=Right.PERSON, description="The person who answers for it. 责任人编号。"
    )
    original_deadline: date | None = column(description="The deadline it was set with. 原定时限。")
    original_deadline_precision: Precision | None = column(
        description="How exactly that is known. 原定时限精度。"
    )
    deadline: date | None = column(description="The deadline on that day. 现行时限。")
    deadline_precision: Precision | None = column(description="How exactly that is known. 时限精度。")
    deadline_assumed: bool | None = column(
        description="Whether no source gives it; null without a deadline. 时限为推定。"
    )
    deadline_moves: list[DeadlineMove] = joined(
        mm.MOVES, description="How the deadline was moved, by date. 时限调整。"
    )
    overdue: bool = column(mm.OVERDUE, description="Whether it is overdue on that day. 逾期。")
    overdue_reasons: list[Overdue] = column(mm.OVERDUE_REASONS, description="In what. 逾期原因。")
    missed_years: list[int] = column(
        mm.MISSED_YEARS,
        description="Years that are over and in which a yearly one was not done. 未完成年度。",
    )
    milestones: list[Milestone] = joined(mm.MILESTONES, description="Steps on the way, by due date. 节点。")
    percent: int | None = column(description="The progress last reported, in per cent. 进度。")
    progress: list[ProgressReport] = joined(
        mm.PROGRESS, right=Right.RECORD, description="What was reported, by date. 进展。"
    )
    findings: list[Finding] = joined(
        mm.FINDINGS, right=Right.RECORD, description="What inspections found, by date. 督导问题。"
    )
    evidence: list[Evidence] = joined(
        mm.EVIDENCE, right=Right.RECORD, description="Events that show what was done. 佐证。"
    )
    fulfilments: list[Fulfilment] = joined(
        mm.FULFILMENTS, description="When it was done, by date. 完成情况。"
    )
    fulfilled_on: date | None = column(
        description="When it was done; null for what is open, or comes again each year. 完成日期。"
    )
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
        mm.HISTORY,
        description="Its timeline as known; with beliefs, also what was believed before. 沿革。",
    )
    def history(self, *, beliefs: bool = False) -> list[MeasureBelief]:
        """Tell its timeline."""
        raise NotImplementedError


@strawberry.type(description="A measure on a page. 措施分页项。")
class MeasureEdge:
    """A measure and where it stands."""

    cursor: str = column(description="Where it stands in the list. 游标。")
    node: Measure = column(description="The measure. 措施。")


@strawberry.type(description="A page of measures. 措施分页。")
class MeasureConnection:
    """Measures as a list."""

    edges: list[MeasureEdge] = column(description="The measures with their cursors. 分页项。")
    nodes: list[Measure] = column(description="The measures. 措施。")
    page_info: PageInfo = column(description="Where the page stands. 分页信息。")
    total_count: int = column(description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold. 措施筛选。")
class MeasureFilter:
    """Which measures."""

    text: str | None = strawberry.field(
        default=UNSET,
        description="Words that a name holds, in characters, pinyin or initials. 名称、拼音或首字母。",
    )
    lead: strawberry.ID | None = strawberry.field(default=UNSET, description="Who leads them. 牵头部门。")
    supporting: strawberry.ID | None = strawberry.field(
        default=UNSET, description="Who supports them. 配合部门。"
    )
    responsible: strawberry.ID | None = strawberry.field(
        default=UNSET, description="Who answers for them; staff may ask by it. 责任人。"
    )
    clause: str | None = strawberry.field(
        default=UNSET, description="With what their clause begins: 二 for all of part two. 方案条款。"
    )
    states: list[Stage] | None = strawberry.field(default=UNSET, description="How far they have come. 状态。")
    recurrences: list[Recurrence] | None = strawberry.field(
        default=UNSET, description="How often they are to be fulfilled. 频次。"
    )
    overdue: bool | None = strawberry.field(
        default=UNSET, description="Whether they are overdue on that day. 逾期。"
    )
    title_contains: str | None = strawberry.field(
        default=UNSET, description="Words that the title holds. 标题包含。"
    )
    illustrative: bool | None = strawberry.field(
        default=UNSET, description="Made up for the demonstration. 示例。"
    )


@strawberry.enum(description="By what measures are sorted; ids break ties. 措施排序。")
class MeasureOrder(StrEnum):
    """The order of measures."""

    CODE = "CODE"
    DEADLINE = "DEADLINE"
    TITLE = "TITLE"


@strawberry.type
class MeasureQuery:
    """What can be asked of measures."""

    @planned(ENTITIES["Measure"], description="One measure, by its id or its code. 查改革措施。")
    def measure(
        self,
        *,
        id: MaybeId = UNSET,
        code: Annotated[
            str | None, strawberry.argument(description="Its code, such as M-2.1-01. 措施代码。")
        ] = UNSET,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> Measure | None:
        """Find one measure."""
        raise NotImplementedError

    @planned(mm.MEASURES, description="Measures, a page at a time. 改革措施列表。")
    def measures(  # noqa: PLR0913 - the arguments are the interface's
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: MeasureFilter | None = UNSET,  # noqa: A002 - the name clients use
        order_by: MeasureOrder = MeasureOrder.CODE,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> MeasureConnection:
        """Page through measures."""
        raise NotImplementedError
