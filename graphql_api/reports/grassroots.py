"""How far the grass roots are covered, by sort, formation and district (基层组织覆盖)."""

from __future__ import annotations

from datetime import date

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.planner.declare import column, joined, planned, referred
from graphql_api.reports.declare import Dated, Report, Table, cell
from graphql_api.reports.kinds import Grassroots, Span
from graphql_api.types.arguments import AsOf, KnownAt, Root
from graphql_api.types.organization import Organization

DISTRICT = referred("organization", "district")

UNCERTAIN = (
    "({t}.founded <> 'DAY' AND {as_of} <"
    " (SELECT min(lower(b.valid)) FROM {organization} AS b WHERE b.id = {t}.id)"
    " + CASE {t}.founded WHEN 'YEAR' THEN interval '1 year' ELSE interval '1 month' END)"
)


@strawberry.type(description="How many of one sort there are in one district. 基层组织数量。")
class GrassrootsCount:
    """A sort of organization in a district: counted from the register, and as reported."""

    span: Span = cell("统计范围", "What the row adds up.")
    name: str = cell("区市县", "The district association; 直属 and 合计 for the other spans.")
    sort: Grassroots = cell("类别", "Which organizations.")
    counted: int = cell("登记数", "How many the register has; those in preparation do not count.")
    standalone: int = cell("单独组建", "How many of them are formed by one unit.")
    regional_joint: int = cell("区域联建", "How many of them are formed jointly in a region.")
    sector_wide: int = cell("行业统建", "How many of them are formed for a sector.")
    host_based: int = cell("依托组建", "How many of them are formed around a host.")
    other: int = cell("其他方式组建", "How many of them are formed otherwise.")
    unstated: int = cell("组建方式未注明", "How many of them do not say how they were formed.")
    suspended: int = cell("其中暂停", "How many of them are suspended.")
    planned: int = cell("筹建中", "How many are in preparation.")
    uncertain: int = cell("存续不详", "How many of all may not have been founded by that day.")
    reported: int | None = cell("上报数", "The newest figure reported; null without one.")
    period_start: date | None = cell("上报期间起", "Since when the figure holds.")
    period_end: date | None = cell("上报期间止", "Until when, inclusive.")
    source: str | None = cell("上报来源", "Where the figure comes from.")
    district: Organization | None = joined(DISTRICT, description="The district association. 区市县科协。")


@strawberry.type(description="How far the grass roots are covered. 基层组织覆盖情况表。")
class GrassrootsReport(Dated):
    """Every sort in every district under the root."""

    rows: list[GrassrootsCount] = column(description="Districts, what stands directly, all. 数量。")


REPORT = Report(
    name="grassroots",
    title="基层组织覆盖情况表",
    kind="GrassrootsReport",
    counting=(
        "登记数按登记簿统计：根组织经隶属、领导、业务指导、业务主管关系所及的组织，每个只计一次，"
        "归入其上的区市县科协；不在任何区市县科协之下的计入直属。筹建中的单列，不计入登记数；组建方式各栏为登记数的分项。"
        "成立日期只知年或月、基准日期落在其间的，存续不详，仍计入登记数并在该栏列示。"
        "上报数为该科协上报的最近一期数据，与登记数并列，不相加减；合计行的上报数为根组织自行上报的数据。"
    ),
    tables=(
        Table(
            "rows", "基层组织覆盖情况", "GrassrootsCount", "grassroots", expressions={"uncertain": UNCERTAIN}
        ),
    ),
    parts=("placed", "spans", "figures"),
)


@strawberry.type
class GrassrootsQuery:
    """The root field of the report."""

    @planned(
        REPORT, description="Organizations at the grass roots, counted and reported. 基层组织覆盖情况表。"
    )
    def grassroots_report(
        self, *, root_: Root = UNSET, as_of: AsOf = UNSET, known_at: KnownAt = UNSET
    ) -> GrassrootsReport:
        """Count what is under ``root``, by district."""
        raise NotImplementedError
