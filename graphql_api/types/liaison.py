"""Liaisons: cadres who keep in touch with scientists (直接联系科技工作者)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.planner import mappings as m
from graphql_api.planner.declare import column, joined, planned
from graphql_api.planner.mappings import liaison as ml
from graphql_api.planner.roots import ENTITIES
from graphql_api.types.arguments import After, AsOf, First, Id, KnownAt
from graphql_api.types.instrument import Instrument
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.scalars import Position

if TYPE_CHECKING:
    from graphql_api.types.person import Person

_Person = Annotated["Person", strawberry.lazy("graphql_api.types.person")]
_OPEN = "Until when, exclusive; null when open. 失效日期。"
_SAYS_SO = "The event in the log that says so. 日志位置。"
_SOURCE = "The document that decided it. 依据文件。"


@strawberry.type(description="A visit of a cadre to a scientist. 走访。")
class LiaisonVisit:
    """A visit."""

    visited_on: date = column(right=Right.RECORD, description="When. 走访日期。")
    note: str | None = column(
        ml.NOTE, right=Right.RESTRICTED, description="What was noted of the scientist. 走访记录。"
    )
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)


@strawberry.type(description="A cadre keeps in touch with a scientist, as of a date. 直接联系科技工作者。")
class Liaison(Node):
    """A liaison; one that has ended is shown as it was."""

    id: strawberry.ID = column(right=Right.RECORD, description="A UUID that never changes. 编号。")
    cadre: _Person | None = joined(ml.CADRE, right=Right.PERSON, description="Who visits. 联系人。")
    cadre_id: strawberry.ID = column("{t}.cadre", right=Right.PERSON, description="Who visits. 联系人编号。")
    cadre_name: str | None = column(ml.CADRE_NAME, right=Right.PERSON, description="Whose name. 联系人。")
    scientist: _Person | None = joined(
        ml.SCIENTIST, right=Right.PERSON, description="Who is visited. 联系对象。"
    )
    scientist_id: strawberry.ID = column(
        "{t}.scientist", right=Right.PERSON, description="Who is visited. 联系对象编号。"
    )
    scientist_name: str | None = column(
        ml.SCIENTIST_NAME, right=Right.PERSON, description="Whose name. 联系对象。"
    )
    under_way: bool = column(ml.UNDER_WAY, right=Right.RECORD, description="Whether it goes on. 是否在联系。")
    begun_on: date = column(right=Right.RECORD, description="When it began. 起始日期。")
    ended_on: date | None = column(
        right=Right.RECORD, description="When it ended; null while it goes on. 结束日期。"
    )
    illustrative: bool = column(right=Right.RECORD, description="Made up for the demonstration. 示例。")
    visit_count: int = column(
        ml.VISIT_COUNT, right=Right.RECORD, description="How many visits up to that day. 走访次数。"
    )
    last_visit: date | None = column(
        ml.LAST_VISIT, right=Right.RECORD, description="When the last one was. 最近走访日期。"
    )
    visits: list[LiaisonVisit] = joined(
        ml.VISITS, right=Right.RECORD, description="All visits up to that day. 历次走访。"
    )
    valid_from: date = column(
        m.VALID_FROM, right=Right.RECORD, description="Since when it has been just so. 生效日期。"
    )
    valid_to: date | None = column(m.VALID_TO, right=Right.RECORD, description=_OPEN)
    decided_by: Instrument | None = joined(m.DECIDED_BY, right=Right.RECORD, description=_SOURCE)
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)


@strawberry.type(description="A liaison on a page. 联系分页项。")
class LiaisonEdge:
    """A liaison and where it stands."""

    cursor: str = column(right=Right.RECORD, description="Where it stands in the list. 游标。")
    node: Liaison = column(right=Right.RECORD, description="The liaison. 联系。")


@strawberry.type(description="A page of liaisons. 联系分页。")
class LiaisonConnection:
    """Liaisons as a list."""

    edges: list[LiaisonEdge] = column(
        right=Right.RECORD, description="The liaisons with their cursors. 分页项。"
    )
    nodes: list[Liaison] = column(right=Right.RECORD, description="The liaisons. 联系。")
    page_info: PageInfo = column(right=Right.RECORD, description="Where the page stands. 分页信息。")
    total_count: int = column(right=Right.RECORD, description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold. 联系筛选。")
class LiaisonFilter:
    """Which liaisons."""

    cadre: strawberry.ID | None = strawberry.field(default=UNSET, description="Who visits. 联系人。")
    scientist: strawberry.ID | None = strawberry.field(
        default=UNSET, description="Who is visited. 联系对象。"
    )
    under_way: bool | None = strawberry.field(
        default=UNSET, description="Whether they go on; those that ended are listed, too. 是否在联系。"
    )
    not_visited_since: date | None = strawberry.field(
        default=UNSET,
        description="Those without a visit from that day to the day asked about. 此日以来未走访。",
    )
    illustrative: bool | None = strawberry.field(
        default=UNSET, description="Whether made up for the demonstration. 示例。"
    )


@strawberry.enum(description="By what liaisons are sorted; ids break ties. 联系排序。")
class LiaisonOrder(StrEnum):
    """The order of liaisons."""

    BEGUN_ON = "BEGUN_ON"


@strawberry.type
class LiaisonQuery:
    """What can be asked of liaisons."""

    @planned(ENTITIES["Liaison"], right=Right.RECORD, description="One liaison. 查联系。")
    def liaison(self, *, id: Id, as_of: AsOf = UNSET, known_at: KnownAt = UNSET) -> Liaison | None:
        """Find one liaison."""
        raise NotImplementedError

    @planned(ml.LIAISONS, right=Right.RECORD, description="Liaisons, a page at a time. 联系列表。")
    def liaisons(  # noqa: PLR0913 - the arguments are the interface's
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: LiaisonFilter | None = UNSET,  # noqa: A002 - the name clients use
        order_by: LiaisonOrder = LiaisonOrder.BEGUN_ON,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> LiaisonConnection:
        """Page through liaisons."""
        raise NotImplementedError
