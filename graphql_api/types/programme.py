"""Programmes and who takes part in them (计划)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.planner import mappings as m
from graphql_api.planner.declare import column, joined, planned
from graphql_api.planner.mappings import programme as mp
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


@strawberry.type(
    description="What was believed of a programme: valid in a period, known in another. 计划沿革。"
)
class ProgrammeBelief:
    """A programme during a period."""

    name: str = column(description="Its name then. 名称。")
    owner: _Organization | None = joined(mp.OWNER, description="Who ran it then. 主办单位。")
    until: date | None = column(description="When it was to end by itself, exclusive. 截止日期。")
    ended_on: date | None = column(description="When it had ended; null while it went on. 结束日期。")
    valid_from: date = column(m.VALID_FROM, description="Since when it was so. 生效日期。")
    valid_to: date | None = column(m.VALID_TO, description=_OPEN)
    recorded_from: datetime = column(m.RECORDED_FROM, description="Since when this is believed. 登记时刻。")
    recorded_to: datetime | None = column(
        m.RECORDED_TO, description="Until when it was believed; null when it still is. 更正时刻。"
    )
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)


@strawberry.type(description="An organization takes part in a programme, during a period. 参加情况。")
class Enrollment:
    """Who takes part."""

    organization: _Organization | None = joined(mp.ENROLLED, description="Who. 参加单位。")
    valid_from: date = column(m.VALID_FROM, description="Since when. 起始日期。")
    valid_to: date | None = column(m.VALID_TO, description=_OPEN)
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)


@strawberry.type(description="A plan of action that organizations take part in, as of a date. 计划。")
class Programme(Node):
    """A programme; one that has ended is shown as it was."""

    name: str = column(description="Its name. 名称。")
    running: bool = column(mp.RUNNING, description="Whether it goes on. 是否进行中。")
    owner: _Organization | None = joined(mp.OWNER, description="Who runs it. 主办单位。")
    launched_on: date = column(description="When it began. 启动日期。")
    until: date | None = column(description="When it ends by itself, exclusive; null when open. 截止日期。")
    ended_on: date | None = column(description="When it ended; null while it goes on. 结束日期。")
    illustrative: bool = column(description="Made up for the demonstration. 示例。")
    enrollments: list[Enrollment] = joined(mp.ENROLLMENTS, description="Who takes part. 参加单位。")
    every_enrollment: list[Enrollment] = joined(
        mp.EVERY_ENROLLMENT, description="Everybody who ever took part, by date. 历次参加情况。"
    )
    valid_from: date = column(m.VALID_FROM, description="Since when it has been just so. 生效日期。")
    valid_to: date | None = column(m.VALID_TO, description=_OPEN)
    decided_by: Instrument | None = joined(m.DECIDED_BY, description=_SOURCE)
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)

    @planned(
        mp.HISTORY,
        description="Its timeline as known; with beliefs, also what was believed before. 沿革。",
    )
    def history(self, *, beliefs: bool = False) -> list[ProgrammeBelief]:
        """Tell its timeline."""
        raise NotImplementedError


@strawberry.type(description="A programme on a page. 计划分页项。")
class ProgrammeEdge:
    """A programme and where it stands."""

    cursor: str = column(description="Where it stands in the list. 游标。")
    node: Programme = column(description="The programme. 计划。")


@strawberry.type(description="A page of programmes. 计划分页。")
class ProgrammeConnection:
    """Programmes as a list."""

    edges: list[ProgrammeEdge] = column(description="The programmes with their cursors. 分页项。")
    nodes: list[Programme] = column(description="The programmes. 计划。")
    page_info: PageInfo = column(description="Where the page stands. 分页信息。")
    total_count: int = column(description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold. 计划筛选。")
class ProgrammeFilter:
    """Which programmes."""

    owner: strawberry.ID | None = strawberry.field(default=UNSET, description="Who runs them. 主办单位。")
    participant: strawberry.ID | None = strawberry.field(
        default=UNSET, description="Who takes part in them. 参加单位。"
    )
    running: bool | None = strawberry.field(default=UNSET, description="Whether they go on. 是否进行中。")
    name_contains: str | None = strawberry.field(
        default=UNSET, description="Words that the name holds. 名称包含。"
    )
    text: str | None = strawberry.field(
        default=UNSET,
        description="Words that a name holds, in characters, pinyin or initials. 名称、拼音或首字母。",
    )
    illustrative: bool | None = strawberry.field(
        default=UNSET, description="Whether made up for the demonstration. 示例。"
    )


@strawberry.enum(description="By what programmes are sorted; ids break ties. 计划排序。")
class ProgrammeOrder(StrEnum):
    """The order of programmes."""

    NAME = "NAME"
    LAUNCHED_ON = "LAUNCHED_ON"
    UNTIL = "UNTIL"


@strawberry.type
class ProgrammeQuery:
    """What can be asked of programmes."""

    @planned(ENTITIES["Programme"], description="One programme. 查计划。")
    def programme(self, *, id: Id, as_of: AsOf = UNSET, known_at: KnownAt = UNSET) -> Programme | None:
        """Find one programme."""
        raise NotImplementedError

    @planned(mp.PROGRAMMES, description="Programmes, a page at a time. 计划列表。")
    def programmes(  # noqa: PLR0913 - the arguments are the interface's
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: ProgrammeFilter | None = UNSET,  # noqa: A002 - the name clients use
        order_by: ProgrammeOrder = ProgrammeOrder.NAME,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> ProgrammeConnection:
        """Page through programmes."""
        raise NotImplementedError
