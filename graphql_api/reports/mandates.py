"""The register of mandates: what was taken over from government (承接政府转移职能登记册)."""

from __future__ import annotations

from datetime import date

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.planner.declare import column, joined, planned, referred
from graphql_api.reports.declare import Current, Dated, Report, Table, cell
from graphql_api.types.arguments import AsOf, KnownAt, Root
from graphql_api.types.mandate import Mandate
from registry.mandate.kinds import MandateCategory, MandateStatus

_MANDATE = referred("mandate", "id")


@strawberry.type(description="A line of the register. 承接政府转移职能登记条目。")
class MandateEntry:
    """A mandate on the day."""

    name: str = cell("承接事项", "What it is.")
    category: MandateCategory = cell("职能类别", "What it takes over from government.")
    holder_name: str | None = cell("承接单位", "Who holds it.")
    grantor_name: str | None = cell("授权、委托单位", "Who granted it.")
    status: MandateStatus = cell("承接状态", "Where it stands.")
    granted_on: date = cell("承接日期", "When it was granted.")
    until: date | None = cell("有效期至", "When it ends by itself, exclusive.")
    days_left: int | None = cell("剩余天数", "Days until it ends by itself; null unless it is held.")
    ended_on: date | None = cell("结束日期", "When it ended.")
    reviews: int = cell("评估次数", "How often it was reviewed.")
    reviewed_on: date | None = cell("最近评估日期", "When it was last reviewed.")
    passed: bool | None = cell("最近评估合格", "Whether it passed then; null if that was not said.")
    finding: str | None = cell("最近评估意见", "What was found then.")
    instrument_number: str | None = cell("依据文号", "The number of the document of its last change.")
    instrument_title: str | None = cell("依据文件", "The title of the document of its last change.")
    illustrative: bool = cell("示例", "Made up for the demonstration.")
    mandate: Mandate | None = joined(_MANDATE, description="The mandate. 承接事项。")


@strawberry.type(description="The register of mandates. 承接政府转移职能登记册。")
class MandatesReport(Dated):
    """Mandates held by what is under the root, or all."""

    rows: list[MandateEntry] = column(description="Those that are held first, by holder. 条目。")


REPORT = Report(
    name="mandates",
    title="承接政府转移职能登记册",
    kind="MandatesReport",
    counting=(
        "列出基准日期已授权或委托的全部承接事项，含到期和收回的；选择只列承接中时不含已结束的。"
        "指定根组织时，只列由根组织及其所属、所主管单位承接的。评估各栏为基准日期前最近一次评估。"
    ),
    tables=(Table("rows", "承接事项", "MandateEntry", "mandates"),),
    parameters={"current": "boolean"},
    narrows=True,
)


@strawberry.type
class MandatesQuery:
    """The root field of the report."""

    @planned(REPORT, description="What was taken over from government. 承接政府转移职能登记册。")
    def mandates_report(
        self,
        *,
        root_: Root = UNSET,
        current: Current = False,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> MandatesReport:
        """List mandates."""
        raise NotImplementedError
