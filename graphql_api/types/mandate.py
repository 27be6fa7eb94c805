"""Mandates: functions of government that organizations take over (承接政府转移职能)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.planner import mappings as m
from graphql_api.planner.declare import column, joined, planned
from graphql_api.planner.mappings import mandate as mm
from graphql_api.planner.roots import ENTITIES
from graphql_api.types.arguments import After, AsOf, First, Id, KnownAt
from graphql_api.types.instrument import Instrument
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.scalars import Position
from registry.mandate.kinds import MandateCategory, MandateStatus

if TYPE_CHECKING:
    from graphql_api.types.organization import Organization

_Organization = Annotated["Organization", strawberry.lazy("graphql_api.types.organization")]
_OPEN = "Until when, exclusive; null when open. 失效日期。"
_SAYS_SO = "The event in the log that says so. 日志位置。"
_SOURCE = "The document that decided it. 依据文件。"


@strawberry.type(
    description="What was believed of a mandate: valid in a period, known in another. 承接事项沿革。"
)
class MandateBelief:
    """A mandate during a period."""

    status: MandateStatus = column(description="Where it stood. 状态。")
    holder: _Organization | None = joined(mm.HOLDER, description="Who held it then. 承接单位。")
    grantor: _Organization | None = joined(mm.GRANTOR, description="Who granted it then. 授权单位。")
    until: date | None = column(description="When it was to end by itself, exclusive. 截止日期。")
    valid_from: date = column(m.VALID_FROM, description="Since when it was so. 生效日期。")
    valid_to: date | None = column(m.VALID_TO, description=_OPEN)
    recorded_from: datetime = column(m.RECORDED_FROM, description="Since when this is believed. 登记时刻。")
    recorded_to: datetime | None = column(
        m.RECORDED_TO, description="Until when it was believed; null when it still is. 更正时刻。"
    )
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)


@strawberry.type(description="What a review of a mandate found. 评估。")
class MandateReview:
    """A review."""

    reviewed_on: date = column(description="When. 评估日期。")
    passed: bool | None = column(description="Whether it passed; null if that was not said. 是否合格。")
    finding: str = column(right=Right.RECORD, description="What was found. 评估意见。")
    decided_by: Instrument | None = joined(m.DECIDED_BY, description=_SOURCE)
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)


@strawberry.type(
    description="A function of government that an organization has taken over. 承接政府转移职能。"
)
class Mandate(Node):
    """A mandate; one that has ended is shown as it was."""

    name: str = column(description="What it is for. 名称。")
    category: MandateCategory = column(description="Of which kind. 类别。")
    status: MandateStatus = column(description="Where it stands. 状态。")
    holder: _Organization | None = joined(mm.HOLDER, description="Who holds it. 承接单位。")
    grantor: _Organization | None = joined(mm.GRANTOR, description="Who grants it. 授权单位。")
    granted_on: date = column(description="When it began. 承接日期。")
    until: date | None = column(description="When it ends by itself, exclusive; null when open. 截止日期。")
    ended_on: date | None = column(description="When it ended; null while it goes on. 终止日期。")
    illustrative: bool = column(description="Made up for the demonstration. 示例。")
    reviews: list[MandateReview] = joined(mm.REVIEWS, description="All reviews up to that day. 历次评估。")
    valid_from: date = column(m.VALID_FROM, description="Since when it has been just so. 生效日期。")
    valid_to: date | None = column(m.VALID_TO, description=_OPEN)
    decided_by: Instrument | None = joined(m.DECIDED_BY, description=_SOURCE)
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)

    @planned(
        mm.HISTORY,
        description="Its timeline as known; with beliefs, also what was believed before. 沿革。",
    )
    def history(self, *, beliefs: bool = False) -> list[MandateBelief]:
        """Tell its timeline."""
        raise NotImplementedError


@strawberry.type(description="A mandate on a page. 承接事项分页项。")
class MandateEdge:
    """A mandate and where it stands."""

    cursor: str = column(description="Where it stands in the list. 游标。")
    node: Mandate = column(description="The mandate. 承接事项。")


@strawberry.type(description="A page of mandates. 承接事项分页。")
class MandateConnection:
    """Mandates as a list."""

    edges: list[MandateEdge] = column(description="The mandates with their cursors. 分页项。")
    nodes: list[Mandate] = column(description="The mandates. 承接事项。")
    page_info: PageInfo = column(description="Where the page stands. 分页信息。")
    total_count: int = column(description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold. 承接事项筛选。")
class MandateFilter:
    """Which mandates."""

    holder: strawberry.ID | None = strawberry.field(default=UNSET, description="Who holds them. 承接单位。")
    grantor: strawberry.ID | None = strawberry.field(default=UNSET, description="Who grants them. 授权单位。")
    categories: list[MandateCategory] | None = strawberry.field(
        default=UNSET, description="Of which kinds. 类别。"
    )
    statuses: list[MandateStatus] | None = strawberry.field(
        default=UNSET, description="Where they stand; those that ended are listed, too. 状态。"
    )
    ends_before: date | None = strawberry.field(
        default=UNSET, description="Those that end by themselves before that day. 此日前到期。"
    )
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


@strawberry.enum(description="By what mandates are sorted; ids break ties. 承接事项排序。")
class MandateOrder(StrEnum):
    """The order of mandates."""

    NAME = "NAME"
    GRANTED_ON = "GRANTED_ON"
    UNTIL = "UNTIL"


@strawberry.type
class MandateQuery:
    """What can be asked of mandates."""

    @planned(ENTITIES["Mandate"], description="One mandate. 查承接事项。")
    def mandate(self, *, id: Id, as_of: AsOf = UNSET, known_at: KnownAt = UNSET) -> Mandate | None:
        """Find one mandate."""
        raise NotImplementedError

    @planned(mm.MANDATES, description="Mandates, a page at a time. 承接事项列表。")
    def mandates(  # noqa: PLR0913 - the arguments are the interface's
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: MandateFilter | None = UNSET,  # noqa: A002 - the name clients use
        order_by: MandateOrder = MandateOrder.NAME,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> MandateConnection:
        """Page through mandates."""
        raise NotImplementedError
