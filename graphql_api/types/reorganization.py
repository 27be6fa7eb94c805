"""Reorganizations (机构改革)."""

from __future__ import annotations

from datetime import date

import strawberry
from strawberry.scalars import JSON

from graphql_api.planner import mappings as m
from graphql_api.planner.declare import Right, column, joined
from graphql_api.types.audit import AuditEvent
from graphql_api.types.instrument import Instrument
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.scalars import Position, Stage


@strawberry.type(description="One act by which organizations become others. 机构改革。")
class Reorganization(Node):
    """A reorganization, as of a date."""

    title: str = column()
    stage: Stage = column()
    takes_effect_on: date | None = column()
    plan: JSON = column(right=Right.RECORD, description="Everything it does on its day. 方案内容。")
    decided_by: Instrument | None = joined(m.DECIDED_BY)
    valid_from: date = column(m.VALID_FROM)
    valid_to: date | None = column(m.VALID_TO)
    consequences: list[AuditEvent] = joined(m.CONSEQUENCES, right=Right.AUDIT)
    position: Position = column(right=Right.RECORD)


@strawberry.type
class ReorganizationEdge:
    """A reorganization on a page."""

    cursor: str = column()
    node: Reorganization = column()


@strawberry.type
class ReorganizationConnection:
    """A page of reorganizations."""

    edges: list[ReorganizationEdge] = column()
    nodes: list[Reorganization] = column()
    page_info: PageInfo = column()
    total_count: int = column()


@strawberry.input(description="Conditions that all hold. 机构改革筛选。")
class ReorganizationFilter:
    """Which reorganizations."""

    stages: list[Stage] | None = strawberry.UNSET
