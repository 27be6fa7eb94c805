"""Grants: who may do what in the register (授权)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.planner import mappings as m
from graphql_api.planner.declare import column, joined, planned
from graphql_api.planner.mappings import grant as mg
from graphql_api.planner.roots import ENTITIES
from graphql_api.types.arguments import After, AsOf, First, Id, KnownAt
from graphql_api.types.instrument import Instrument
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.scalars import Position
from registry.grant.kinds import GrantStatus, PartnerScope, Role

if TYPE_CHECKING:
    from graphql_api.types.organization import Organization

_Organization = Annotated["Organization", strawberry.lazy("graphql_api.types.organization")]
_OPEN = "Until when, exclusive; null when open. 失效日期。"


@strawberry.type(description="What was believed of a grant: valid in a period, known in another. 授权沿革。")
class GrantBelief:
    """A grant during a period."""

    role: Role = column(right=Right.AUDIT, description="The role. 角色。")
    scopes: list[PartnerScope] = column(
        mg.SCOPES, right=Right.AUDIT, description="What a partner could do. 权限范围。"
    )
    status: GrantStatus = column(right=Right.AUDIT, description="Where it stood. 状态。")
    valid_from: date = column(m.VALID_FROM, right=Right.AUDIT, description="Since when it was so. 生效日期。")
    valid_to: date | None = column(m.VALID_TO, right=Right.AUDIT, description=_OPEN)
    recorded_from: datetime = column(
        m.RECORDED_FROM, right=Right.AUDIT, description="Since when this is believed. 登记时刻。"
    )
    recorded_to: datetime | None = column(
        m.RECORDED_TO,
        right=Right.AUDIT,
        description="Until when it was believed; null when it still is. 更正时刻。",
    )
    position: Position = column(
        right=Right.AUDIT, description="The event in the log that says so. 日志位置。"
    )


@strawberry.type(description="A role that somebody has in the register for a period. 授权。")
class Grant(Node):
    """A grant."""

    id: strawberry.ID = column(right=Right.AUDIT, description="A UUID that never changes. 编号。")
    principal: str = column(
        right=Right.AUDIT, description="Who has it: an id, such as user:8c1f or key:portal. 授权对象。"
    )
    role: Role = column(right=Right.AUDIT, description="What they are to the register. 角色。")
    scopes: list[PartnerScope] = column(
        mg.SCOPES,
        right=Right.AUDIT,
        description="What a partner may do; empty for other roles. 权限范围。",
    )
    root: _Organization | None = joined(
        mg.ROOT,
        right=Right.AUDIT,
        description="For whom and what stands under them; null if for the whole register. 授权范围。",
    )
    root_id: strawberry.ID | None = column(
        "{t}.root", right=Right.AUDIT, description="The organization it names. 授权范围编号。"
    )
    status: GrantStatus = column(right=Right.AUDIT, description="Whether it holds on that day. 状态。")
    given_on: date = column(right=Right.AUDIT, description="Since when. 起始日期。")
    until: date | None = column(
        right=Right.AUDIT, description="On which day it ends by itself; null if on none. 到期日期。"
    )
    ended_on: date | None = column(
        right=Right.AUDIT, description="When it ended; null while it holds. 终止日期。"
    )
    recorded_by: str = column(
        m.RECORDED_BY, right=Right.AUDIT, description="Who gave it, or took it back. 操作人。"
    )
    decided_by: Instrument | None = joined(
        m.DECIDED_BY, right=Right.AUDIT, description="The document that decided it. 依据文件。"
    )
    valid_from: date = column(
        m.VALID_FROM, right=Right.AUDIT, description="Since when it has been just so. 生效日期。"
    )
    valid_to: date | None = column(m.VALID_TO, right=Right.AUDIT, description=_OPEN)
    position: Position = column(
        right=Right.AUDIT, description="The event in the log that says so. 日志位置。"
    )

    @planned(
        mg.HISTORY,
        right=Right.AUDIT,
        description="Its timeline as known; with beliefs, also what was believed before. 沿革。",
    )
    def history(self, *, beliefs: bool = False) -> list[GrantBelief]:
        """Tell its timeline."""
        raise NotImplementedError


@strawberry.type(description="A grant on a page. 授权分页项。")
class GrantEdge:
    """A grant and where it stands."""

    cursor: str = column(right=Right.AUDIT, description="Where it stands in the list. 游标。")
    node: Grant = column(right=Right.AUDIT, description="The grant. 授权。")


@strawberry.type(description="A page of grants. 授权分页。")
class GrantConnection:
    """Grants as a list."""

    edges: list[GrantEdge] = column(right=Right.AUDIT, description="The grants with their cursors. 分页项。")
    nodes: list[Grant] = column(right=Right.AUDIT, description="The grants. 授权。")
    page_info: PageInfo = column(right=Right.AUDIT, description="Where the page stands. 分页信息。")
    total_count: int = column(right=Right.AUDIT, description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold. 授权筛选。")
class GrantFilter:
    """Which grants."""

    principal: str | None = strawberry.field(default=UNSET, description="Whose they are. 授权对象。")
    root: strawberry.ID | None = strawberry.field(default=UNSET, description="For whom. 授权范围。")
    roles: list[Role] | None = strawberry.field(default=UNSET, description="Of which roles. 角色。")
    statuses: list[GrantStatus] | None = strawberry.field(
        default=UNSET, description="Where they stand on that day. 状态。"
    )


@strawberry.enum(description="By what grants are sorted; ids break ties. 授权排序。")
class GrantOrder(StrEnum):
    """The order of grants."""

    PRINCIPAL = "PRINCIPAL"
    GIVEN_ON = "GIVEN_ON"


@strawberry.type
class GrantQuery:
    """What can be asked of grants."""

    @planned(ENTITIES["Grant"], right=Right.AUDIT, description="One grant. 查授权。")
    def grant(self, *, id: Id, as_of: AsOf = UNSET, known_at: KnownAt = UNSET) -> Grant | None:
        """Find one grant."""
        raise NotImplementedError

    @planned(mg.GRANTS, right=Right.AUDIT, description="Who has which role, a page at a time. 授权列表。")
    def grants(  # noqa: PLR0913 - the arguments are the interface's
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: GrantFilter | None = UNSET,  # noqa: A002 - the name clients use
        order_by: GrantOrder = GrantOrder.PRINCIPAL,
        as_of: AsOf = UNSET,
        known_at: KnownAt = UNSET,
    ) -> GrantConnection:
        """Page through grants."""
        raise NotImplementedError
