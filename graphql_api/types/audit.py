"""The log as auditors read it (审计)."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

import strawberry
from strawberry.scalars import JSON

from graphql_api.planner import mappings as m
from graphql_api.planner.declare import Right, column, joined
from graphql_api.types.instrument import Instrument
from graphql_api.types.node import PageInfo
from graphql_api.types.scalars import Position


@strawberry.type(description="An event of the log. 日志事件。")
class AuditEvent:
    """A fact, who recorded it, when, why."""

    position: Position = column(right=Right.AUDIT)
    recorded_at: datetime = column(right=Right.AUDIT)
    effective_on: date = column(right=Right.AUDIT)
    topic: str = column(right=Right.AUDIT)
    actor: str = column(right=Right.AUDIT)
    command_id: strawberry.ID = column(right=Right.AUDIT)
    causation_id: Position | None = column(
        "{t}.cause", right=Right.AUDIT, description="The act that this is a consequence of."
    )
    corrects: Position | None = column(right=Right.AUDIT, description="The event that this amends or retracts.")
    stream: strawberry.ID = column("{t}.stream_id", right=Right.AUDIT, description="The entity.")
    version: int = column(right=Right.AUDIT)
    instrument: Instrument | None = joined(m.EVENT_INSTRUMENT, right=Right.AUDIT)
    data: JSON = column(m.EVENT_DATA, right=Right.AUDIT)


@strawberry.type
class AuditEventEdge:
    """An event on a page."""

    cursor: str = column(right=Right.AUDIT)
    node: AuditEvent = column(right=Right.AUDIT)


@strawberry.type
class AuditEventConnection:
    """A page of the log."""

    edges: list[AuditEventEdge] = column(right=Right.AUDIT)
    nodes: list[AuditEvent] = column(right=Right.AUDIT)
    page_info: PageInfo = column(right=Right.AUDIT)
    total_count: int = column(right=Right.AUDIT)


@strawberry.input(description="Conditions that all hold. 日志筛选。")
class AuditFilter:
    """Which events."""

    actor: str | None = strawberry.UNSET
    entity: strawberry.ID | None = strawberry.UNSET
    topics: list[str] | None = strawberry.UNSET
    command_id: strawberry.ID | None = strawberry.UNSET
    instrument: strawberry.ID | None = strawberry.UNSET
    reorganization: strawberry.ID | None = strawberry.UNSET
    effective_from: date | None = strawberry.UNSET
    effective_to: date | None = strawberry.UNSET
    recorded_from: datetime | None = strawberry.UNSET
    recorded_to: datetime | None = strawberry.UNSET


@strawberry.enum(description="日志排序。")
class AuditOrder(Enum):
    """From which end the log is read."""

    NEWEST = "NEWEST"
    OLDEST = "OLDEST"
