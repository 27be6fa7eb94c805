"""Figures: counts reported where individuals are not kept (上报数据)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.planner import mappings as m
from graphql_api.planner.declare import column, joined, planned
from graphql_api.planner.mappings import figure as mf
from graphql_api.planner.roots import ENTITIES
from graphql_api.types.arguments import After, AsOf, First, Id, KnownAt
from graphql_api.types.instrument import Instrument
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.scalars import Position

if TYPE_CHECKING:
    from graphql_api.types.organization import Organization

_Organization = Annotated["Organization", strawberry.lazy("graphql_api.types.organization")]
_OPEN = "Until when, exclusive; null when open. 失效日期。"
_SAYS_SO = "The event in the log that says so. 日志位置。"
_SOURCE = "The document that decided it. 依据文件。"


@strawberry.type(description="What was believed of a figure: valid in a period, known in another. 数据沿革。")
class FigureBelief:
    """A figure during a period."""

    value: int = column(description="The count then. 数值。")
    source: str = column(description="Where it came from. 来源。")
    withdrawn: bool = column(description="Whether it counted no more. 已撤销。")
    valid_from: date = column(m.VALID_FROM, description="Since when it was so. 生效日期。")
    valid_to: date | None = column(m.VALID_TO, description=_OPEN)
    recorded_from: datetime = column(m.RECORDED_FROM, description="Since when this is believed. 登记时刻。")
    recorded_to: datetime | None = column(
        m.RECORDED_TO, description="Until when it was believed; null when it still is. 更正时刻。"
    )
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)


@strawberry.type(description="A count that an organization reported, not one of individuals kept. 上报数据。")
class Figure(Node):
    """A figure."""

    organization: _Organization | None = joined(mf.ORGANIZATION, description="Whose count it is. 上报单位。")
    indicator: str = column(description="What is counted: a code such as INDIVIDUAL_MEMBERS. 指标。")
    period_start: date = column(description="The first day of the period. 期间起始日。")
    period_end: date = column(description="The last day of the period, which is in it. 期间截止日。")
    value: int = column(description="The count. 数值。")
    unit: str = column(description="Of what. 单位。")
    source: str = column(description="Where it comes from. 来源。")
    withdrawn: bool = column(description="Whether it counts no more. 已撤销。")
    illustrative: bool = column(description="Made up for the demonstration. 示例。")
    valid_from: date = column(m.VALID_FROM, description="Since when it has been just so. 生效日期。")
    valid_to: date | None = column(m.VALID_TO, description=_OPEN)
    decided_by: Instrument | None = joined(m.DECIDED_BY, description=_SOURCE)
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)

    @planned(
        mf.HISTORY,
        description="Its timeline as known; with beliefs, also what was believed before. 沿革。",
    )
    def history(self, *, beliefs: bool = False) -> list[FigureBelief]:
        """Tell its timeline."""
        raise NotImplementedError


@strawberry.type(description="A figure on a page. 上报数据分页项。")
class FigureEdge:
    """A figure and where it stands."""

    cursor: str = column(description="Where it stands in the list. 游标。")
    node: Figure = column(description="The figure. 上报数据。")


@strawberry.type(description="A page of figures. 上报数据分页。")
class FigureConnection:
    """Figures as a list."""

    edges: list[FigureEdge] = column(description="The figures with their cursors. 分页项。")
    nodes: list[Figure] = column(description="The figures. 上报数据。")
    page_info: PageInfo = column(description="Where the page stands. 分页信息。")
    total_count: int = column(description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold. 上报数据筛选。")
class FigureFilter:
    """Which figures."""

    organization: strawberry.ID | None = strawberry.field(
        default=UNSET, description="Whose they are. 上报单位。"
    )
    indicators: list[str] | None = strawberry.field(default=UNSET, description="What they count. 指标。")
    period_from: date | None = strawberry.field(
        default=UNSET, description="Those whose period reaches that day or a later one. 期间不早于。"
    )
    period_to: date | None = strawberry.field(
        default=UNSET, description="Those whose period begins on that day or an earlier one. 期间不晚于。"
    )
    withdrawn: bool | None = strawberry.field(
        default=UNSET, description="Whether they count no more. 已撤销。"
    )
    illustrative: bool | None = strawberry.field(
        default=UNSET, description="Whether made up for the demonstration. 示例。"
    )


@strawberry.enum(description="By what figures are sorted; ids break ties. 上报数据排序。")
class FigureOrder(StrEnum):
    """The order of figures."""

    PERIOD = "PERIOD"
    INDICATOR = "INDICATOR"
    VALUE = "VALUE"


@strawberry.type
class FigureQuery:
    """What can be asked of figures."""

    @planned(ENTITIES["Figure"], description="One figure. 查上报数据。")
    def figure(self, *, id: Id, as_of: AsOf = UNSET, known_at: KnownAt = UNSET) -> Figure | None:
        """Find one figure."""
        raise NotImplementedError

    @planned(mf.FIGURES, description="Figures, a page at a time. 上报数据列表。")
    def figures(  # noqa: PLR0913 - the arguments are the interface's
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: FigureFilter | None = UNSET,  # noqa: A002 - the name clients use
        order_by: FigureOrder = FigureOrder.PERIOD,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> FigureConnection:
        """Page through figures."""
        raise NotImplementedError
