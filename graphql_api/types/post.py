"""Posts, their seats, and who holds them (职务)."""

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
from registry.post.kinds import Title
from registry.time import Precision

if TYPE_CHECKING:
    from graphql_api.types.appointment import Appointment
    from graphql_api.types.organization import Organization

_Appointment = Annotated["Appointment", strawberry.lazy("graphql_api.types.appointment")]
_Organization = Annotated["Organization", strawberry.lazy("graphql_api.types.organization")]


@strawberry.type(description="What was believed of a post: valid in a period, known in another. 职务沿革。")
class PostBelief:
    """A post during a period."""

    organization: _Organization | None = joined(
        pm.ORGANIZATION, description="What it was in, as that is on the day asked about. 所在组织。"
    )
    name: str | None = column(description="What it was called beyond its title. 职务全称。")
    seats: int | None = column(description="How many could hold it at a time. 席位数。")
    abolished: bool = column(description="Whether it was no more. 已撤销。")
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


@strawberry.type(description="What somebody may hold in an organization, as of a date. 职务、席位。")
class Post(Node):
    """A post."""

    title: Title = column(description="What its holders are called. 职务名称。")
    name: str | None = column(description="What it is called, where that is more than the title. 职务全称。")
    organization: _Organization | None = joined(
        pm.ORGANIZATION, description="What it is in, or was at its end. 所在组织。"
    )
    elected: bool = column(description="Whether its holders are elected. 选任。")
    seats: int | None = column(
        description="How many may hold it at a time; null for as many as are appointed. 席位数。"
    )
    holders: list[_Appointment] = joined(pm.HOLDERS, description="Who holds it on that day. 现任。")
    holder_count: int = column(pm.HOLDER_COUNT, description="How many hold it on that day. 现任人数。")
    vacancies: int | None = column(
        pm.VACANCIES, description="Seats that nobody holds on that day; null without a number. 空缺。"
    )
    appointments: list[_Appointment] = joined(
        pm.EVER_HELD, description="Everybody appointed to it until then, by date. 历任。"
    )
    abolished: bool = column(description="Whether it is no more. 已撤销。")
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
        m.DECIDED_BY, description="The document that decided it. 依据文件。"
    )
    position: Position = column(
        right=Right.RECORD, description="The event in the log that says so. 日志位置。"
    )

    @planned(
        pm.POST_HISTORY,
        description="Its timeline as known; with beliefs, also what was believed before. 沿革。",
    )
    def history(self, *, beliefs: bool = False) -> list[PostBelief]:
        """Tell its timeline."""
        raise NotImplementedError


@strawberry.type(description="A post on a page. 职务分页项。")
class PostEdge:
    """A post and where it stands."""

    cursor: str = column(description="Where it stands in the list. 游标。")
    node: Post = column(description="The post. 职务。")


@strawberry.type(description="A page of posts. 职务分页。")
class PostConnection:
    """Posts as a list."""

    edges: list[PostEdge] = column(description="The posts with their cursors. 分页项。")
    nodes: list[Post] = column(description="The posts. 职务。")
    page_info: PageInfo = column(description="Where the page stands. 分页信息。")
    total_count: int = column(description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold; of posts not abolished. 职务筛选。")
class PostFilter:
    """Which posts."""

    organization: strawberry.ID | None = strawberry.field(
        default=UNSET, description="What they are in. 所在组织。"
    )
    ancestor: Lineage | None = strawberry.field(
        default=UNSET, description="What they are in, or what that stands under, at any depth. 上级组织。"
    )
    titles: list[Title] | None = strawberry.field(
        default=UNSET, description="What their holders are called. 职务名称。"
    )
    elected: bool | None = strawberry.field(
        default=UNSET, description="Whether their holders are elected. 选任。"
    )
    vacant: bool | None = strawberry.field(
        default=UNSET, description="Whether they have seats that nobody holds. 空缺。"
    )
    illustrative: bool | None = strawberry.field(
        default=UNSET, description="Whether made up for the demonstration. 示例。"
    )


@strawberry.enum(description="By what posts are sorted; ids break ties. 职务排序。")
class PostOrder(StrEnum):
    """The order of posts."""

    TITLE = "TITLE"
    VALID_FROM = "VALID_FROM"


@strawberry.type
class PostQuery:
    """What can be asked of posts."""

    @planned(ENTITIES["Post"], description="One post. 查职务。")
    def post(self, *, id: Id, as_of: AsOf = UNSET, known_at: KnownAt = UNSET) -> Post | None:
        """Find one post."""
        raise NotImplementedError

    @planned(pm.POSTS, description="Posts that are not abolished, a page at a time. 职务列表。")
    def posts(  # noqa: PLR0913 - the arguments are the interface's
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: PostFilter | None = UNSET,  # noqa: A002 - the name clients use
        order_by: PostOrder = PostOrder.TITLE,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> PostConnection:
        """Page through posts."""
        raise NotImplementedError
