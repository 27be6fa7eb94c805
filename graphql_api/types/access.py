"""Who read restricted data, of whom, and when (查阅记录)."""

from __future__ import annotations

from datetime import datetime

import strawberry
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.planner.declare import column, planned
from graphql_api.planner.mappings.access import ACCESS_LOG
from graphql_api.types.arguments import After, First
from graphql_api.types.audit import AuditOrder
from graphql_api.types.node import PageInfo
from graphql_api.types.terms.access import AccessKind


@strawberry.type(description="That restricted data was read or given out. 查阅。")
class Access:
    """An answer that showed some."""

    id: strawberry.ID = column("({t}.id)::text", right=Right.AUDIT, description="Its number. 编号。")
    recorded_at: datetime = column(right=Right.AUDIT, description="When. 查阅时刻。")
    actor: str = column(
        right=Right.AUDIT, description="Who: an id, such as user:8c1f, key:portal or machine:root. 查阅人。"
    )
    kind: AccessKind = column(right=Right.AUDIT, description="By which door. 方式。")
    operation: str | None = column(
        right=Right.AUDIT,
        description="What the operation, report or file is called; null if it has no name. 操作名称。",
    )
    fields: list[str] = column(
        right=Right.AUDIT, description="Which restricted fields, such as Person.phone. 敏感字段。"
    )
    persons: list[strawberry.ID] = column(
        right=Right.AUDIT, description="The records whose data the answer showed or was asked for. 人员编号。"
    )
    roots: list[strawberry.ID] | None = column(
        right=Right.AUDIT,
        description="The subtrees by which the reader has the right; null for the whole register. 权限范围。",
    )
    rows: int = column(right=Right.AUDIT, description="How many objects showed some. 条数。")


@strawberry.type(description="An access on a page. 查阅分页项。")
class AccessEdge:
    """An access and where it stands."""

    cursor: str = column(right=Right.AUDIT, description="Where it stands in the list. 游标。")
    node: Access = column(right=Right.AUDIT, description="The access. 查阅。")


@strawberry.type(description="A page of the access log. 查阅记录分页。")
class AccessConnection:
    """Accesses as a list."""

    edges: list[AccessEdge] = column(
        right=Right.AUDIT, description="The accesses with their cursors. 分页项。"
    )
    nodes: list[Access] = column(right=Right.AUDIT, description="The accesses. 查阅。")
    page_info: PageInfo = column(right=Right.AUDIT, description="Where the page stands. 分页信息。")
    total_count: int = column(right=Right.AUDIT, description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold. 查阅记录筛选。")
class AccessFilter:
    """Which accesses."""

    actor: str | None = strawberry.field(default=UNSET, description="Who read. 查阅人。")
    person: strawberry.ID | None = strawberry.field(
        default=UNSET, description="Of whom, by any of the person's records. 人员。"
    )
    kinds: list[AccessKind] | None = strawberry.field(default=UNSET, description="By which doors. 方式。")
    field: str | None = strawberry.field(
        default=UNSET, description="Which field, such as Person.phone. 敏感字段。"
    )
    recorded_from: datetime | None = strawberry.field(
        default=UNSET, description="At this instant or later. 不早于。"
    )
    recorded_to: datetime | None = strawberry.field(
        default=UNSET, description="At this instant or earlier. 不晚于。"
    )


@strawberry.type
class AccessQuery:
    """The root of the access log."""

    @planned(
        ACCESS_LOG,
        right=Right.AUDIT,
        description="Who read restricted data, of whom, and when, a page at a time. 查阅记录。",
    )
    def access_log(
        self,
        *,
        first: First,
        after: After = UNSET,
        filter: AccessFilter | None = UNSET,  # noqa: A002 - the name clients use
        order_by: AuditOrder = AuditOrder.NEWEST,
    ) -> AccessConnection:
        """Page through it."""
        raise NotImplementedError
