"""Functions and who is charged with them (职能)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from graphql_api.access import Right
from graphql_api.planner import mappings as m
from graphql_api.planner.declare import column, joined, planned
from graphql_api.types.instrument import Instrument
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.scalars import Position

if TYPE_CHECKING:
    from graphql_api.types.organization import Organization

_Organization = Annotated["Organization", strawberry.lazy("graphql_api.types.organization")]


@strawberry.type(
    description="What was believed of a function: valid in a period, known in another. 职能沿革。"
)
class FunctionBelief:
    """A function during a period."""

    name: str = column(description="Its name then. 名称。")
    emphasized: bool = column(description="Whether a decision stressed it. 突出、强化。")
    retired: bool = column(description="Whether it was no function any more. 已取消。")
    valid_from: date = column(m.VALID_FROM, description="Since when it was so. 生效日期。")
    valid_to: date | None = column(
        m.VALID_TO, description="Until when, exclusive; null when open. 失效日期。"
    )
    recorded_from: datetime = column(m.RECORDED_FROM, description="Since when this is believed. 登记时刻。")
    recorded_to: datetime | None = column(
        m.RECORDED_TO, description="Until when it was believed; null when it still is. 更正时刻。"
    )
    position: Position = column(
        right=Right.RECORD, description="The event in the log that says so. 日志位置。"
    )


@strawberry.type(description="Who held a function during a period. 职能承担情况。")
class Holding:
    """A holder during a period."""

    holder: _Organization | None = joined(m.HOLDER_THEN, description="As it was when it began. 承接单位。")
    valid_from: date = column(m.VALID_FROM, description="Since when. 起始日期。")
    valid_to: date | None = column(
        m.VALID_TO, description="Until when, exclusive; null when open. 终止日期。"
    )
    decided_by: Instrument | None = joined(
        m.DECIDED_BY, description="The document that decided it. 依据文件。"
    )
    clause: str | None = column(description="Which part of the document. 依据条款。")
    position: Position = column(
        right=Right.RECORD, description="The event in the log that says so. 日志位置。"
    )


@strawberry.type(description="What an organization is charged with, as of a date. 职能。")
class Function(Node):
    """A function."""

    name: str = column(description="Its name. 名称。")
    description: str | None = column(description="What it is in more words. 说明。")
    emphasized: bool = column(description="Stressed or strengthened by a decision. 突出、强化。")
    unspecified: bool = column(description="A remainder that the source does not list. 未列名。")
    illustrative: bool = column(description="Made up for the demonstration. 示例。")
    retired: bool = column(description="No function any more. 已取消。")
    orphaned: bool = column(m.ORPHANED, description="Nobody is charged with it. 无承接单位。")
    holder: _Organization | None = joined(m.HOLDER, description="Who is charged with it. 承接单位。")
    holdings: list[Holding] = joined(
        m.HOLDINGS, description="Everybody who was ever charged with it, by date. 历次承接情况。"
    )
    valid_from: date = column(m.VALID_FROM, description="Since when it has been just so. 生效日期。")
    valid_to: date | None = column(
        m.VALID_TO, description="Until when, exclusive; null when open. 失效日期。"
    )
    decided_by: Instrument | None = joined(
        m.DECIDED_BY, description="The document that decided it. 依据文件。"
    )
    position: Position = column(
        right=Right.RECORD, description="The event in the log that says so. 日志位置。"
    )

    @planned(
        m.FUNCTION_HISTORY,
        description="Its timeline as known; with beliefs, also what was believed before. 沿革。",
    )
    def history(self, *, beliefs: bool = False) -> list[FunctionBelief]:
        """Tell its timeline."""
        raise NotImplementedError


@strawberry.type(description="A function on a page. 职能分页项。")
class FunctionEdge:
    """A function and where it stands."""

    cursor: str = column(description="Where it stands in the list. 游标。")
    node: Function = column(description="The function. 职能。")


@strawberry.type(description="A page of functions. 职能分页。")
class FunctionConnection:
    """Functions as a list."""

    edges: list[FunctionEdge] = column(description="The functions with their cursors. 分页项。")
    nodes: list[Function] = column(description="The functions. 职能。")
    page_info: PageInfo = column(description="Where the page stands. 分页信息。")
    total_count: int = column(description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold; of functions not retired. 职能筛选。")
class FunctionFilter:
    """Which functions."""

    holder: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Who is charged with them. 承接单位。"
    )
    orphaned: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Whether nobody is charged with them. 无承接单位。"
    )
    text: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Words that a name holds, in characters, pinyin or initials. 名称、拼音或首字母。",
    )
    name_contains: str | None = strawberry.field(
        default=strawberry.UNSET, description="Words that the name holds. 名称包含。"
    )
