"""Districts in the shape of the yearbook's table: each cell counted and, beside it, reported (区市县汇总)."""

from __future__ import annotations

from datetime import date

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.planner.declare import column, joined, planned
from graphql_api.reports.declare import Dated, Report, Table, cell
from graphql_api.reports.grassroots import DISTRICT
from graphql_api.reports.kinds import Span
from graphql_api.types.arguments import AsOf, KnownAt, Root
from graphql_api.types.organization import Organization


@strawberry.type(description="What there is in a district. 区市县科协情况。")
class DistrictSummary:
    """A row of the yearbook's table."""

    span: Span = cell("统计范围", "What the row adds up.")
    name: str = cell("区市县", "The district association; 直属 and 合计 for the other spans.")
    code: str | None = cell("登记代码", "The registry's own code.")
    institutions: int = cell("所属事业单位（登记）", "Affiliated institutions in the register.")
    institutions_reported: int | None = cell("所属事业单位（上报）", "As reported.")
    staff: int | None = cell(
        "工作人员（登记）",
        "Distinct people employed; null unless all employers may be seen.",
        right=Right.RECORD,
    )
    staff_reported: int | None = cell("工作人员（上报）", "As reported.")
    societies: int = cell("学会（登记）", "Societies in the register.")
    societies_reported: int | None = cell("学会（上报）", "As reported.")
    enterprise_associations: int = cell("企业科协（登记）", "Associations in enterprises in the register.")
    enterprise_associations_reported: int | None = cell("企业科协（上报）", "As reported.")
    park_associations: int = cell("园区科协（登记）", "Associations in parks in the register.")
    park_associations_reported: int | None = cell("园区科协（上报）", "As reported.")
    university_associations: int = cell("高校科协（登记）", "Associations in universities in the register.")
    university_associations_reported: int | None = cell("高校科协（上报）", "As reported.")
    institute_associations: int = cell("科研院所科协（登记）", "Associations in institutes in the register.")
    institute_associations_reported: int | None = cell("科研院所科协（上报）", "As reported.")
    township_associations: int = cell("乡镇街道科协（登记）", "Associations of townships in the register.")
    township_associations_reported: int | None = cell("乡镇街道科协（上报）", "As reported.")
    rural_technical_associations: int = cell(
        "农技协（登记）", "Rural technical associations in the register."
    )
    rural_technical_associations_reported: int | None = cell("农技协（上报）", "As reported.")
    reported_from: date | None = cell("上报数据最早截止", "The end of the oldest period that is reported.")
    reported_until: date | None = cell("上报数据最近截止", "The end of the newest period that is reported.")
    district: Organization | None = joined(DISTRICT, description="The district association. 区市县科协。")


@strawberry.type(description="The districts in one table. 区市县科协情况汇总表。")
class DistrictsReport(Dated):
    """One row a district."""

    rows: list[DistrictSummary] = column(description="Districts, what stands directly, all. 各区市县。")


REPORT = Report(
    name="districts",
    title="区市县科协情况汇总表",
    kind="DistrictsReport",
    counting=(
        "各栏登记数按登记簿统计，每个组织只计一次，归入其上的区市县科协，不在任何区市县科协之下的计入直属；筹建中的不计。"
        "工作人员为受雇于科协机关、内设机构和所属事业单位的人数，同一人只计一次，合计行不重复计算。"
        "上报数为该科协上报的最近一期数据，与登记数并列，不相加减；合计行的上报数为根组织自行上报的数据。"
    ),
    tables=(Table("rows", "区市县汇总", "DistrictSummary", "districts"),),
    parts=("placed", "spans", "figures"),
)


@strawberry.type
class DistrictsQuery:
    """The root field of the report."""

    @planned(REPORT, description="Districts in one table, counted and reported. 区市县科协情况汇总表。")
    def districts_report(
        self, *, root_: Root = UNSET, as_of: AsOf = UNSET, known_at: KnownAt = UNSET
    ) -> DistrictsReport:
        """Sum up what is under ``root``, by district."""
        raise NotImplementedError
