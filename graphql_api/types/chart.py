"""The organization chart and what differs between two dates (架构图与变化)."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from graphql_api.planner.declare import column
from graphql_api.types.function import Function
from graphql_api.types.organization import Organization
from graphql_api.types.scalars import Position


@strawberry.type(description="An organization in its place in the tree. 架构图节点。")
class OrgChartNode:
    """A node; nodes come in the order of the tree, so depth alone draws it."""

    depth: int = column(description="How far below the root, which is at 0. 层级深度。")
    parent_id: strawberry.ID | None = column(
        description="What it stands under here; null at the root. 上级编号。"
    )
    child_count: int = column(description="How many stand right below it, shown or not. 下级数量。")
    organization: Organization = column(description="The organization. 组织。")


@strawberry.type(description="A hierarchy on a day, as believed at an instant. 架构图。")
class OrgChart:
    """The chart and the pair of times it holds for."""

    as_of: date = column(description="The day that it shows. 基准日期。")
    known_at: datetime = column(
        description="The belief that it shows: the last one at that instant. 认知时刻。"
    )
    position: Position = column(description="The newest event in the log when it was drawn. 日志位置。")
    nodes: list[OrgChartNode] = column(description="The organizations, in the order of the tree. 节点。")


@strawberry.type(description="An organization with another name. 更名。")
class Renaming:
    """A name and another."""

    organization: Organization = column(description="The organization on the later date. 组织。")
    before: str = column(description="Its name on the earlier date. 原名称。")
    after: str = column(description="Its name on the later date. 新名称。")


@strawberry.type(description="An organization that is part of another one than before. 调整隶属。")
class Move:
    """A place and another."""

    organization: Organization = column(description="The organization on the later date. 组织。")
    from_: Organization | None = column(name="from", description="What it was part of. 原隶属单位。")
    to: Organization | None = column(description="What it is part of. 现隶属单位。")


@strawberry.type(description="A function with another holder. 职能划转。")
class FunctionTransfer:
    """A holder and another."""

    function: Function = column(description="The function on the later date. 职能。")
    from_: Organization | None = column(name="from", description="Who held it. 原承接单位。")
    to: Organization | None = column(description="Who holds it. 现承接单位。")


@strawberry.type(description="What differs between two dates, by one belief. 两个日期之间的变化。")
class ChangeSet:
    """The difference, each thing as it is on the later date, or on the earlier when it is gone."""

    established: list[Organization] = column(description="Who exists on the later date only. 新成立。")
    dissolved: list[Organization] = column(description="Who exists on the earlier date only. 已注销。")
    renamed: list[Renaming] = column(description="Who bears another name. 更名。")
    moved: list[Move] = column(description="Who is part of another organization. 调整隶属。")
    functions_transferred: list[FunctionTransfer] = column(
        description="Functions with another holder. 划转的职能。"
    )
    functions_orphaned: list[Function] = column(
        description="Functions that lost their holder. 无人承接的职能。"
    )
    functions_defined: list[Function] = column(description="Functions that are new. 新设的职能。")
    functions_emphasized: list[Function] = column(
        description="Functions that were stressed. 突出、强化的职能。"
    )
