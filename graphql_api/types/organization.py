"""Organizations and how they stand to each other (组织)."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

import strawberry

from graphql_api.planner import mappings as m
from graphql_api.planner.declare import PLAN, RIGHT, Right, column, joined
from graphql_api.types.answered import answered
from graphql_api.types.function import Function
from graphql_api.types.instrument import Instrument
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.scalars import Base, Formation, Hierarchy, Kind, Position, Precision, Status, Tier


@strawberry.type(description="An organization during a period. 组织在一段时间内的情况。")
class OrganizationBelief:
    """What was believed of an organization: valid during a period, known during another."""

    name: str = column()
    short_name: str | None = column()
    status: Status = column()
    code: str | None = column()
    valid_from: date = column(m.VALID_FROM)
    valid_to: date | None = column(m.VALID_TO)
    recorded_from: datetime = column(m.RECORDED_FROM)
    recorded_to: datetime | None = column(m.RECORDED_TO)
    decided_by: Instrument | None = joined(m.DECIDED_BY)
    position: Position = column()


@strawberry.type(description="An identifier an organization bears. 标识。")
class Identifier:
    """A scheme and a value, during a period."""

    scheme: str = column()
    value: str = column()
    valid_from: date = column(m.VALID_FROM)
    valid_to: date | None = column(m.VALID_TO)


@strawberry.type(description="What an organization was named or certified. 称号、认定。")
class Designation:
    """A designation, during a period."""

    name: str = column()
    valid_from: date = column(m.VALID_FROM)
    valid_to: date | None = column(m.VALID_TO)


@strawberry.type(description="An organization under another. 上级关系。")
class Superior:
    """A relation seen from below."""

    hierarchy: Hierarchy = column()
    superior: Organization = joined(m.SUPERIOR)
    valid_from: date = column(m.VALID_FROM)
    valid_to: date | None = column(m.VALID_TO)
    position: Position = column(right=Right.RECORD)


@strawberry.type(description="An organization above another. 下级关系。")
class Subordinate:
    """A relation seen from above."""

    hierarchy: Hierarchy = column()
    subordinate: Organization = joined(m.SUBORDINATE)
    valid_from: date = column(m.VALID_FROM)
    valid_to: date | None = column(m.VALID_TO)
    position: Position = column(right=Right.RECORD)


@strawberry.type(description="An association, department, institution, society, body, … 组织。")
class Organization(Node):
    """An organization, as of a date."""

    name: str = column()
    short_name: str | None = column()
    kind: Kind = column()
    status: Status = column()
    code: str | None = column(description="The registry's own code, unique among the living. 登记代码。")
    tier: Tier | None = column()
    base: Base | None = column()
    formation: Formation | None = column()
    subtype: str | None = column(description="The term within the kind, such as 监事会.")
    discipline: str | None = column(description="GB/T 13745.")
    welfare_class: str | None = column(description="公益类别。")
    illustrative: bool = column(description="Made up for the demonstration. 示例。")
    valid_from: date = column(m.VALID_FROM, description="Since when it has been just so.")
    valid_to: date | None = column(m.VALID_TO, description="Until when, exclusive; null when open.")
    valid_from_precision: Precision = column(m.DATED_AS, description="How exactly that beginning is known.")
    valid_from_assumed: bool = column(m.ASSUMED, description="No source gives that day. 日期为推定。")
    decided_by: Instrument | None = joined(m.DECIDED_BY)
    identifiers: list[Identifier] = joined(m.IDENTIFIERS)
    designations: list[Designation] = joined(m.DESIGNATIONS)
    functions: list[Function] = joined(m.FUNCTIONS_HELD)
    predecessors: list[Organization] = joined(m.PREDECESSORS)
    successors: list[Organization] = joined(m.SUCCESSORS)
    position: Position = column(right=Right.RECORD)

    @strawberry.field(metadata={PLAN: m.SUPERIORS, RIGHT: Right.CHART})
    def superiors(self, hierarchies: list[Hierarchy] | None = None) -> list[Superior]:
        """What it stands under."""
        return answered(self)

    @strawberry.field(metadata={PLAN: m.SUBORDINATES, RIGHT: Right.CHART})
    def children(self, hierarchies: list[Hierarchy] | None = None) -> list[Subordinate]:
        """What stands under it; for whole trees use orgChart."""
        return answered(self)

    @strawberry.field(
        metadata={PLAN: m.ORGANIZATION_HISTORY, RIGHT: Right.RECORD},
        description="Its timeline as known; with beliefs, also what was believed before.",
    )
    def history(self, beliefs: bool = False) -> list[OrganizationBelief]:
        """Its timeline."""
        return answered(self)


@strawberry.type
class OrganizationEdge:
    """An organization on a page."""

    cursor: str = column()
    node: Organization = column()


@strawberry.type
class OrganizationConnection:
    """A page of organizations."""

    edges: list[OrganizationEdge] = column()
    nodes: list[Organization] = column()
    page_info: PageInfo = column()
    total_count: int = column()


@strawberry.input(description="Conditions that all hold. 组织筛选。")
class OrganizationFilter:
    """Which organizations."""

    kinds: list[Kind] | None = strawberry.UNSET
    statuses: list[Status] | None = strawberry.UNSET
    tier: Tier | None = strawberry.UNSET
    code: str | None = strawberry.UNSET
    name_contains: str | None = strawberry.UNSET
    illustrative: bool | None = strawberry.UNSET
    superior: strawberry.ID | None = strawberry.UNSET


@strawberry.enum(description="The order of organizations. 排序。")
class OrganizationOrder(Enum):
    """By what a page is sorted; ids break ties."""

    NAME = "NAME"
    CODE = "CODE"
    VALID_FROM = "VALID_FROM"
