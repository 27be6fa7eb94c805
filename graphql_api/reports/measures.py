"""Measures with their progress, what is overdue, moved deadlines and evidence (改革措施进展)."""

from __future__ import annotations

from datetime import date

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.planner.declare import column, joined, planned, referred
from graphql_api.planner.mappings import measure as mm
from graphql_api.reports.declare import Dated, Report, Table, cell
from graphql_api.types.arguments import AsOf, KnownAt, Root
from graphql_api.types.measure import Measure
from registry.measure.kinds import Overdue, Recurrence, Stage

_MEASURE = referred("measure", "id")


@strawberry.type(description="How far a measure has come. 改革措施进展。")
class MeasureProgress:
    """A measure on the day."""

    code: str = cell("编号", "Its code.")
    plan_clause: str = cell("方案条款", "The clause of the plan.")
    title: str = cell("改革措施", "What is to be done.")
    lead: str | None = cell("牵头部门", "Who leads it.")
    supporting: list[str] = cell("配合部门", "Who supports it.")
    has_responsible: bool = cell("已明确责任人", "Whether somebody answers for it.")
    responsible: str | None = cell("责任人", "Who answers for it.", right=Right.PERSON)
    recurrence: Recurrence = cell("频次", "How often it is to be fulfilled.")
    original_deadline: date | None = cell("原定时限", "The deadline it was set with.")
    deadline: date | None = cell("现行时限", "The deadline on that day.")
    moved: int = cell("时限调整次数", "How often the deadline was moved.")
    moves: list[str] = cell("时限调整", "From when to when, and why.", right=Right.RECORD)
    state: Stage = cell("状态", "How far it has come.", expression="{t}.stage")
    percent: int | None = cell("进度（%）", "The progress last reported, in per cent.")
    reported_on: date | None = cell("最近报告日期", "When progress was last reported.")
    note: str | None = cell("最近进展", "What was last reported.", right=Right.RECORD)
    overdue: bool = cell("逾期", "Whether it is overdue on that day.")
    overdue_reasons: list[Overdue] = cell("逾期原因", "In what.")
    missed_years: list[int] = cell("未完成年度", "Years a yearly one missed.")
    milestones: int = cell("节点数", "Steps on the way.")
    reached: int = cell("已完成节点", "Steps that are done.")
    late: list[str] = cell("逾期节点", "Steps that are due and not done.")
    findings: int | None = cell("督导问题", "What inspections found.", right=Right.RECORD)
    open_findings: int | None = cell("未整改问题", "What of that is open.", right=Right.RECORD)
    evidence: list[str] = cell(
        "佐证（日志位置）", "Events of the log that show what was done, each with a note.", right=Right.RECORD
    )
    fulfilled_on: date | None = cell("完成日期", "When it was done.")
    instrument_number: str | None = cell("依据文号", "The number of the document that set it or ended it.")
    illustrative: bool = cell("示例", "Made up for the demonstration.")
    measure: Measure | None = joined(_MEASURE, description="The measure. 改革措施。")


@strawberry.type(description="How far measures have come. 改革措施进展表。")
class MeasuresReport(Dated):
    """Every measure, or those that something under the root leads or supports."""

    rows: list[MeasureProgress] = column(description="The measures, by code. 改革措施。")


REPORT = Report(
    name="measures",
    title="改革措施进展表",
    kind="MeasuresReport",
    counting=(
        "列出基准日期已设定的全部改革措施，含已完成和已取消的；指定根组织时，只列根组织及其所属单位牵头或配合的措施。"
        "逾期按基准日期计算，不作记录：一次性和长期措施超过现行时限而未完成，每年措施在已过年度未完成，"
        "或督导问题到期未整改。时限只知月或年的，按该月或该年最后一日计算。"
    ),
    tables=(
        Table(
            "rows",
            "改革措施进展",
            "MeasureProgress",
            "measures",
            # Overdue is what has a reason. What the rows show besides tells them: nothing is looked at twice.
            expressions={
                "reasons": mm.overdue_reasons("cardinality(y.missed_years) > 0", "f.unmended"),
                "due_years": mm.DUE_YEARS,
            },
        ),
    ),
    narrows=True,
)


@strawberry.type
class MeasuresQuery:
    """The root field of the report."""

    @planned(REPORT, description="How far measures have come, and what is overdue. 改革措施进展表。")
    def measures_report(
        self, *, root_: Root = UNSET, as_of: AsOf = UNSET, known_at: KnownAt = UNSET
    ) -> MeasuresReport:
        """Look at all measures, or at those of ``root`` and what is under it."""
        raise NotImplementedError
