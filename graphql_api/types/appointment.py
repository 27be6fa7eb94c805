"""Appointments: who holds which post (任职)."""

from __future__ import annotations

from datetime import date, datetime
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
from graphql_api.types.post import Post
from graphql_api.types.scalars import Position
from graphql_api.types.term import Term
from registry.appointment.kinds import Basis, EndReason, Mode
from registry.post.kinds import Title
from registry.time import Precision

if TYPE_CHECKING:
    from graphql_api.types.organization import Organization
    from graphql_api.types.person import Person

_Person = Annotated["Person", strawberry.lazy("graphql_api.types.person")]
_Organization = Annotated["Organization", strawberry.lazy("graphql_api.types.organization")]


@strawberry.type(
    description="What was believed of an appointment: valid in a period, known in another. 任职沿革。"
)
class AppointmentBelief:
    """An appointment during a period."""

    mode: Mode = column(description="How the holder served. 任职方式。")
    basis: Basis = column(description="By what right. 任职依据。")
    representing: _Organization | None = joined(
        pm.REPRESENTED, description="Whom the holder represented, as on the day asked about. 代表单位。"
    )
    ended: bool = column(description="Whether it was over. 已离任。")
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


@strawberry.type(description="That a person holds a post, as of a date. 任职。")
class Appointment(Node):
    """An appointment."""

    holder_name: str | None = column(
        pm.HOLDER_NAME,
        description="The holder's name on that day, as known now; of who was erased, that. 任职人姓名。",
    )
    person_id: strawberry.ID = column(
        "{t}.person", right=Right.PERSON, description="The holder's id. 任职人编号。"
    )
    person: _Person | None = joined(pm.PERSON, right=Right.PERSON, description="The holder. 任职人。")
    post: Post | None = joined(pm.POST, description="The post. 职务。")
    term: Term | None = joined(pm.TERM, description="The term that it is for. 届次。")
    mode: Mode = column(description="How the holder serves. 任职方式。")
    basis: Basis = column(description="By what right. 任职依据。")
    professional: bool = column(description="Whether it is the holder's profession. 职业化。")
    representing: _Organization | None = joined(
        pm.REPRESENTED, description="Whom the holder represents. 代表单位。"
    )
    held_since: date = column("{t}.made_on", description="Since when it is held. 任职日期。")
    held_until: date | None = column(
        pm.HELD_UNTIL, description="Until when, exclusive, as far as that is known. 离任日期。"
    )
    ended: bool = column(description="Whether it is over. 已离任。")
    end_reason: EndReason | None = column(
        pm.END_REASON, description="Why it is over, or will be by what is decided. 离任原因。"
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
        m.DECIDED_BY, description="The document that decided it. 依据文件。"
    )
    position: Position = column(
        right=Right.RECORD, description="The event in the log that says so. 日志位置。"
    )

    @planned(
        pm.APPOINTMENT_HISTORY,
        description="Its timeline as known; with beliefs, also what was believed before. 沿革。",
    )
    def history(self, *, beliefs: bool = False) -> list[AppointmentBelief]:
        """Tell its timeline."""
        raise NotImplementedError


@strawberry.type(description="An appointment on a page. 任职分页项。")
class AppointmentEdge:
    """An appointment and where it stands."""

    cursor: str = column(description="Where it stands in the list. 游标。")
    node: Appointment = column(description="The appointment. 任职。")


@strawberry.type(description="A page of appointments. 任职分页。")
class AppointmentConnection:
    """Appointments as a list."""

    edges: list[AppointmentEdge] = column(description="The appointments with their cursors. 分页项。")
    nodes: list[Appointment] = column(description="The appointments. 任职。")
    page_info: PageInfo = column(description="Where the page stands. 分页信息。")
    total_count: int = column(description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold; of appointments on that day. 任职筛选。")
class AppointmentFilter:
    """Which appointments."""

    person: strawberry.ID | None = strawberry.field(
        default=UNSET, description="Who holds the post; staff may ask by it. 任职人。"
    )
    post: strawberry.ID | None = strawberry.field(default=UNSET, description="Which post. 职务。")
    organization: strawberry.ID | None = strawberry.field(
        default=UNSET, description="What the post is in. 所在组织。"
    )
    ancestor: Lineage | None = strawberry.field(
        default=UNSET, description="What the post is in, or what that stands under, at any depth. 上级组织。"
    )
    titles: list[Title] | None = strawberry.field(
        default=UNSET, description="What the holder is called. 职务名称。"
    )
    term: strawberry.ID | None = strawberry.field(default=UNSET, description="For which term. 届次。")
    overdue: bool | None = strawberry.field(
        default=UNSET, description="Whether the term's planned end is past. 逾期未换届。"
    )
    modes: list[Mode] | None = strawberry.field(
        default=UNSET, description="How the holder serves. 任职方式。"
    )
    bases: list[Basis] | None = strawberry.field(default=UNSET, description="By what right. 任职依据。")
    representing: strawberry.ID | None = strawberry.field(
        default=UNSET, description="Whom the holder represents. 代表单位。"
    )
    professional: bool | None = strawberry.field(
        default=UNSET, description="Whether it is the holder's profession. 职业化。"
    )
    illustrative: bool | None = strawberry.field(
        default=UNSET, description="Whether made up for the demonstration. 示例。"
    )


@strawberry.type
class AppointmentQuery:
    """What can be asked of appointments."""

    @planned(ENTITIES["Appointment"], description="One appointment. 查任职。")
    def appointment(self, *, id: Id, as_of: AsOf = UNSET, known_at: KnownAt = UNSET) -> Appointment | None:
        """Find one appointment."""
        raise NotImplementedError

    @planned(
        pm.APPOINTMENTS,
        description="Appointments on that day, longest held first, a page at a time. 任职列表。",
    )
    def appointments(
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: AppointmentFilter | None = UNSET,  # noqa: A002 - the name clients use
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> AppointmentConnection:
        """Page through appointments."""
        raise NotImplementedError
