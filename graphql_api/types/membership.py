"""Memberships of people and organizations (会员资格)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.planner import mappings as m
from graphql_api.planner.declare import column, joined, planned
from graphql_api.planner.mappings import member as mm
from graphql_api.planner.roots import ENTITIES
from graphql_api.types.arguments import After, AsOf, First, Id, KnownAt
from graphql_api.types.enums import Precision
from graphql_api.types.instrument import Instrument
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.scalars import Position
from registry.membership.kinds import MemberClass, MembershipEnd, MembershipStatus

if TYPE_CHECKING:
    from graphql_api.types.organization import Organization
    from graphql_api.types.person import Person

_Organization = Annotated["Organization", strawberry.lazy("graphql_api.types.organization")]
_Person = Annotated["Person", strawberry.lazy("graphql_api.types.person")]

_OPEN = "Until when, exclusive; null when open. 失效日期。"
_SAYS_SO = "The event in the log that says so. 日志位置。"


@strawberry.type(
    description="What was so of a membership in a period, and since when it is known. 会籍沿革。"
)
class MembershipBelief:
    """A membership during a period."""

    member_class: MemberClass = column(right=Right.RECORD, description="The class then. 会员类别。")
    status: MembershipStatus = column(right=Right.RECORD, description="Where it stood then. 会籍状态。")
    number: str | None = column(right=Right.RECORD, description="The number then. 会员号。")
    organization: _Organization | None = joined(
        mm.ORGANIZATION_THEN, right=Right.RECORD, description="Whose member, as it was then. 所在组织。"
    )
    end_reason: MembershipEnd | None = column(right=Right.RECORD, description="Why it ended. 终止原因。")
    valid_from: date = column(
        m.VALID_FROM, right=Right.RECORD, description="Since when it was so. 生效日期。"
    )
    valid_to: date | None = column(m.VALID_TO, right=Right.RECORD, description=_OPEN)
    recorded_from: datetime = column(
        m.RECORDED_FROM, right=Right.RECORD, description="Since when this is believed. 登记时刻。"
    )
    recorded_to: datetime | None = column(
        m.RECORDED_TO,
        right=Right.RECORD,
        description="Until when it was believed; null when it still is. 更正时刻。",
    )
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)


@strawberry.type(description="Someone's being a member of an organization, as of a date. 会员资格。")
class Membership(Node):
    """A membership of a person, or of an organization as 团体会员 or 单位会员."""

    id: strawberry.ID = column(right=Right.RECORD, description="A UUID that never changes. 编号。")
    member_id: strawberry.ID = column(
        "{t}.member", right=Right.RECORD, description="The person's or organization's id. 会员编号。"
    )
    member_name: str | None = column(
        mm.MEMBER_NAME, right=Right.PERSON, description="The member's name on that day. 会员名称。"
    )
    member_organization: _Organization | None = joined(
        mm.ORGANIZATION_MEMBER,
        right=Right.RECORD,
        description="The member if it is an organization. 团体（单位）会员。",
    )
    member_person: _Person | None = joined(
        mm.MEMBER_PERSON, right=Right.PERSON, description="The member if it is a person. 个人会员。"
    )
    organization: _Organization | None = joined(
        mm.ORGANIZATION_JOINED, right=Right.RECORD, description="Whose member. 所在组织。"
    )
    member_class: MemberClass = column(right=Right.RECORD, description="What kind of member. 会员类别。")
    status: MembershipStatus = column(
        right=Right.RECORD, description="Where it stands in its life. 会籍状态。"
    )
    number: str | None = column(
        right=Right.RECORD, description="The number in the organization's register. 会员号。"
    )
    admitted_on: date | None = column(
        right=Right.RECORD, description="The day of admission; null while applied for. 入会日期。"
    )
    end_reason: MembershipEnd | None = column(right=Right.RECORD, description="Why it ended. 终止原因。")
    illustrative: bool = column(right=Right.RECORD, description="Made up for the demonstration. 示例。")
    valid_from: date = column(
        m.VALID_FROM, right=Right.RECORD, description="Since when it has been just so. 生效日期。"
    )
    valid_to: date | None = column(m.VALID_TO, right=Right.RECORD, description=_OPEN)
    valid_from_precision: Precision = column(
        m.DATED_AS, right=Right.RECORD, description="How exactly that beginning is known. 日期精度。"
    )
    decided_by: Instrument | None = joined(
        m.DECIDED_BY, right=Right.RECORD, description="The document that decided it. 依据文件。"
    )
    position: Position = column(right=Right.RECORD, description=_SAYS_SO)
    history: list[MembershipBelief] = joined(
        mm.MEMBERSHIP_HISTORY,
        right=Right.RECORD,
        description="Its timeline as known; what was believed before is the auditors' business. 沿革。",
    )


@strawberry.type(description="A membership on a page. 会籍分页项。")
class MembershipEdge:
    """A membership and where it stands."""

    cursor: str = column(right=Right.RECORD, description="Where it stands in the list. 游标。")
    node: Membership = column(right=Right.RECORD, description="The membership. 会籍。")


@strawberry.type(description="A page of memberships. 会籍分页。")
class MembershipConnection:
    """Memberships as a list."""

    edges: list[MembershipEdge] = column(
        right=Right.RECORD, description="The memberships with their cursors. 分页项。"
    )
    nodes: list[Membership] = column(right=Right.RECORD, description="The memberships. 会籍。")
    page_info: PageInfo = column(right=Right.RECORD, description="Where the page stands. 分页信息。")
    total_count: int = column(right=Right.RECORD, description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold. 会籍筛选。")
class MembershipFilter:
    """Which memberships."""

    organization: strawberry.ID | None = strawberry.field(
        default=UNSET, description="In which organization. 所在组织。"
    )
    ancestor: strawberry.ID | None = strawberry.field(
        default=UNSET,
        description="In it or what it leads, guides, supervises or has as a part, all the way. 上级组织。",
    )
    member: strawberry.ID | None = strawberry.field(
        default=UNSET, description="Of which person or organization. 会员。"
    )
    classes: list[MemberClass] | None = strawberry.field(
        default=UNSET, description="Of which classes. 会员类别。"
    )
    statuses: list[MembershipStatus] | None = strawberry.field(
        default=UNSET, description="Where they stand; those that ended are listed, too. 会籍状态。"
    )
    number: str | None = strawberry.field(default=UNSET, description="Under which number. 会员号。")
    illustrative: bool | None = strawberry.field(
        default=UNSET, description="Whether made up for the demonstration. 示例。"
    )


@strawberry.enum(description="By what memberships are sorted; ids break ties. 会籍排序。")
class MembershipOrder(StrEnum):
    """The order of memberships."""

    VALID_FROM = "VALID_FROM"
    ADMITTED_ON = "ADMITTED_ON"
    NUMBER = "NUMBER"


@strawberry.type
class MembershipQuery:
    """The roots of memberships."""

    @planned(ENTITIES["Membership"], right=Right.RECORD, description="One membership. 查会籍。")
    def membership(self, *, id: Id, as_of: AsOf = UNSET, known_at: KnownAt = UNSET) -> Membership | None:
        """Find one membership."""
        raise NotImplementedError

    @planned(
        mm.MEMBERSHIPS,
        right=Right.RECORD,
        description="Memberships, ended ones too, a page at a time. 会籍列表。",
    )
    def memberships(  # noqa: PLR0913 - the arguments are the interface's
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: MembershipFilter | None = UNSET,  # noqa: A002 - the name clients use
        order_by: MembershipOrder = MembershipOrder.VALID_FROM,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> MembershipConnection:
        """Page through memberships."""
        raise NotImplementedError
