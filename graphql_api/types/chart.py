"""The organization chart and what differs between two dates (架构图与变化)."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from graphql_api.planner.declare import Right, column
from graphql_api.types.function import Function
from graphql_api.types.organization import Organization
from graphql_api.types.scalars import Position


@strawberry.type(description="An organization in its place in the tree. 架构图节点。")
class OrgChartNode:
    """A node; nodes come in the order of the tree, so depth alone draws it."""

    depth: int = column()
    parent_id: strawberry.ID | None = column()
    child_count: int = column(description="Everything right below it, shown or not.")
    organization: Organization = column()


@strawberry.type(description="A hierarchy on a day, as believed at an instant. 架构图。")
class OrgChart:
    """The chart and the pair of times it holds for."""

    as_of: date = column()
    known_at: datetime = column()
    position: Position = column(description="The newest event the answer takes into account.")
    nodes: list[OrgChartNode] = column()


@strawberry.type(description="更名。")
class Renaming:
    """An organization with another name."""

    organization: Organization = column(right=Right.RECORD)
    before: str = column(right=Right.RECORD)
    after: str = column(right=Right.RECORD)


@strawberry.type(description="调整隶属。")
class Move:
    """An organization that is part of another one than before."""

    organization: Organization = column(right=Right.RECORD)
    from_: Organization | None = strawberry.field(name="from", metadata={"plan": None, "right": Right.RECORD})
    to: Organization | None = column(right=Right.RECORD)


@strawberry.type(description="职能划转。")
class FunctionTransfer:
    """A function with another holder."""

    function: Function = column(right=Right.RECORD)
    from_: Organization | None = strawberry.field(name="from", metadata={"plan": None, "right": Right.RECORD})
    to: Organization | None = column(right=Right.RECORD)


@strawberry.type(description="What differs between two dates. 两个日期之间的变化。")
class ChangeSet:
    """The difference, each thing as it is on the later date, or on the earlier when it is gone."""

    established: list[Organization] = column(right=Right.RECORD)
    dissolved: list[Organization] = column(right=Right.RECORD)
    renamed: list[Renaming] = column(right=Right.RECORD)
    moved: list[Move] = column(right=Right.RECORD)
    functions_transferred: list[FunctionTransfer] = column(right=Right.RECORD)
    functions_orphaned: list[Function] = column(right=Right.RECORD)
    functions_defined: list[Function] = column(right=Right.RECORD)
    functions_emphasized: list[Function] = column(right=Right.RECORD)
