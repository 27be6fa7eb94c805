"""Terms of boards and committees (届)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.planner import mappings as m
from graphql_api.planner.declare import column, joined, planned
from graphql_api.planner.mappings import post as pm
from graphql_api.planner.roots import ENTITIES
from graphql_api.types.arguments import After, AsOf, First, Id, KnownAt
from graphql_api.types.instrument import Instrument
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.organization import Lineage
from graphql_api.types.scalars import Position
from registry.time import Precision

if TYPE_CHECKING:
    from graphql_api.types.appointment import Appointment
    from graphql_api.types.organization import Organization

_Appointment = Annotated["Appointment", strawberry.lazy("graphql_api.types.appointment")]
_Organization = Annotated["Organization", strawberry.lazy("graphql_api.types.organization")]


@strawberry.type(description="What was believed of a term: valid in a period, known in another. 届次沿革。")
class TermBelief:
    """A term during a period."""

    number: int = column(description="Which term it was. 第几届。")
    planned_end: date | None = column(description="When it was planned to end. 届满日期。")
    ended: bool = column(description="Whether it had really ended. 已结束。")
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


@strawberry.type(description="For how long a body sits, as of a date. 届次。")
class Term(Node):
    """A term."""

    number: int = column(description="Which term it is. 第几届。")
    body: _Organization | None = joined(pm.BODY, description="Who sits for it, or sat. 届所属机构。")
    renews: Term | None = joined(pm.RENEWED, description="The term before it. 上届。")
    opened_on: date = column(description="Since when the body sits for it. 起始日期。")
    planned_end: date | None = column(
        description="When it is planned to end, extensions included; that day ends nothing. 届满日期。"
    )
    overdue: bool = column(
        pm.OVERDUE, description="The planned end is past, and the body keeps sitting. 逾期未换届。"
    )
    ended: bool = column(description="Whether it has really ended. 已结束。")
    ended_on: date | None = column(
        pm.TERM_ENDED_ON, description="When it really ended, or will by what is decided. 结束日期。"
    )
    holders: list[_Appointment] = joined(pm.SITTING, description="Who sits for it on that day. 现任。")
    appointments: list[_Appointment] = joined(
        pm.EVER_SAT, description="Everybody appointed for it until then, by date. 历任。"
    )
    illustrative: bool = column(description="Made up for the demonstration. 示例。")
    valid_from: date = column(m.VALID_FROM, description="Since when it has been just so. 生效日期。")
    valid_from_precision: Precision = column(
        m.DATED_AS, description="How exactly that beginning is known. 日期精度。"
    )
    valid_from_assumed: bool = column(m.ASSUMED, description="Whether no source gives that day. 日期为推定。")
    valid_to: date | None = column(
        m.VALID_TO, description="Until when, exclusive; null when open. 失效日期。"
    )
    decided_by: Instrument | None = joined(
        m.DECIDED_BY, description="The document that opened, extended or ended it. 依据文件。"
    )
    position: Position = column(
        right=Right.RECORD, description="The event in the log that says so. 日志位置。"
    )

    @planned(
        pm.TERM_HISTORY,
        description="Its timeline as known; with beliefs, also what was believed before. 沿革。",
    )
    def history(self, *, beliefs: bool = False) -> list[TermBelief]:
        """Tell its timeline."""
        raise NotImplementedError


@strawberry.type(description="A term on a page. 届次分页项。")
class TermEdge:
    """A term and where it stands."""

    cursor: str = column(description="Where it stands in the list. 游标。")
    node: Term = column(description="The term. 届次。")


@strawberry.type(description="A page of terms. 届次分页。")
class TermConnection:
    """Terms as a list."""

    edges: list[TermEdge] = column(description="The terms with their cursors. 分页项。")
    nodes: list[Term] = column(description="The terms. 届次。")
    page_info: PageInfo = column(description="Where the page stands. 分页信息。")
    total_count: int = column(description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold. 届次筛选。")
class TermFilter:
    """Which terms."""

    body: strawberry.ID | None = strawberry.field(
        default=UNSET, description="Who sits for them. 届所属机构。"
    )
    ancestor: Lineage | None = strawberry.field(
        default=UNSET, description="Who sits for them, or what that stands under, at any depth. 上级组织。"
    )
    overdue: bool | None = strawberry.field(
        default=UNSET, description="Whether their planned end is past and they go on. 逾期未换届。"
    )
    ended: bool | None = strawberry.field(
        default=UNSET, description="Whether they have really ended. 已结束。"
    )
    illustrative: bool | None = strawberry.field(
        default=UNSET, description="Whether made up for the demonstration. 示例。"
    )


@strawberry.enum(description="By what terms are sorted; ids break ties. 届次排序。")
class TermOrder(StrEnum):
    """The order of terms."""

    OPENED_ON = "OPENED_ON"
    PLANNED_END = "PLANNED_END"


@strawberry.type
class TermQuery:
    """What can be asked of terms."""

    @planned(ENTITIES["Term"], description="One term. 查届次。")
    def term(self, *, id: Id, as_of: AsOf = UNSET, known_at: KnownAt = UNSET) -> Term | None:
        """Find one term."""
        raise NotImplementedError

    @planned(pm.TERMS, description="Terms that have begun, newest first, a page at a time. 届次列表。")
    def terms(  # noqa: PLR0913 - the arguments are the interface's
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: TermFilter | None = UNSET,  # noqa: A002 - the name clients use
        order_by: TermOrder = TermOrder.OPENED_ON,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> TermConnection:
        """Page through terms."""
        raise NotImplementedError
