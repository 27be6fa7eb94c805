"""The log as auditors read it (审计)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import strawberry
from strawberry.scalars import JSON

from graphql_api.access import Right
from graphql_api.planner import mappings as m
from graphql_api.planner.declare import column, joined, planned, worked
from graphql_api.planner.mappings.audit import AUDIT_LOG, event_data, event_subject
from graphql_api.types.arguments import After, First
from graphql_api.types.enums import Hierarchy
from graphql_api.types.instrument import Instrument
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.scalars import Position


@strawberry.type(description="A fact in the log: what, who recorded it, when, why. 日志事件。")
class AuditEvent:
    """An event with its place in the log."""

    position: Position = column(
        right=Right.AUDIT, description="Its place in the one order of the log. 日志位置。"
    )
    recorded_at: datetime = column(
        right=Right.AUDIT, description="When the registry came to know it. 登记时刻。"
    )
    effective_on: date = column(right=Right.AUDIT, description="Since when it is so. 生效日期。")
    topic: str = column(
        right=Right.AUDIT, description="What happened, such as organization.renamed. 事件类型。"
    )
    actor: str = column(right=Right.AUDIT, description="Who recorded it. 操作人。")
    submitter: str | None = column(
        right=Right.AUDIT,
        description="Who proposed what the actor approved; null if nobody but the actor decided. 报送人。",
    )
    command_id: strawberry.ID = column(
        right=Right.AUDIT, description="The command that it came with. 命令编号。"
    )
    causation_id: Position | None = column(
        "{t}.cause", right=Right.AUDIT, description="The act that this is a consequence of. 起因事件。"
    )
    corrects: Position | None = column(
        right=Right.AUDIT, description="The event that this amends or retracts. 所更正的事件。"
    )
    stream: strawberry.ID = column("{t}.stream_id", right=Right.AUDIT, description="The entity. 登记对象。")
    version: int = column(
        right=Right.AUDIT, description="Its place among the entity's events, from 1. 版本。"
    )
    instrument: Instrument | None = joined(
        m.EVENT_INSTRUMENT,
        right=Right.AUDIT,
        description="The document that decided it, as it is known now. 依据文件。",
    )
    data: JSON = worked(
        event_data,
        right=Right.AUDIT,
        by_row=True,
        description="All that the event says; `personal` in clear for whoever may see sensitive data of that"
        " person, else only that something is sealed; or that it was erased. 事件内容。",
    )
    subject: Node | None = worked(
        event_subject,
        right=Right.AUDIT,
        description="What it is about, as it is today; null when there is none of it today. 登记对象现况。",
    )


@strawberry.type(description="An event on a page. 日志分页项。")
class AuditEventEdge:
    """An event and where it stands."""

    cursor: str = column(right=Right.AUDIT, description="Where it stands in the list. 游标。")
    node: AuditEvent = column(right=Right.AUDIT, description="The event. 事件。")


@strawberry.type(description="A page of the log. 日志分页。")
class AuditEventConnection:
    """Events as a list."""

    edges: list[AuditEventEdge] = column(
        right=Right.AUDIT, description="The events with their cursors. 分页项。"
    )
    nodes: list[AuditEvent] = column(right=Right.AUDIT, description="The events. 事件。")
    page_info: PageInfo = column(right=Right.AUDIT, description="Where the page stands. 分页信息。")
    total_count: int = column(right=Right.AUDIT, description="How many fit the filter. 总数。")


@strawberry.input(description="A part of the register on a day. 登记范围。")
class AuditPart:
    """An organization with all below it, and what belongs to them."""

    hierarchy: Hierarchy = strawberry.field(description="In which way they stand below it. 隶属关系。")
    id: strawberry.ID = strawberry.field(description="The organization. 组织编号。")
    on: date | None = strawberry.field(
        default=strawberry.UNSET, description="The day on which they do; today if left out. 基准日期。"
    )


@strawberry.input(description="Conditions that all hold. 日志筛选。")
class AuditFilter:
    """Which events."""

    actor: str | None = strawberry.field(default=strawberry.UNSET, description="Who recorded them. 操作人。")
    submitter: str | None = strawberry.field(
        default=strawberry.UNSET, description="Who proposed what they record. 报送人。"
    )
    entity: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="What they are about. 登记对象。"
    )
    under: AuditPart | None = strawberry.field(
        default=strawberry.UNSET,
        description="An organization: events of it, of all below it and of what belongs to them. 所属范围。",
    )
    nouns: list[str] | None = strawberry.field(
        default=strawberry.UNSET,
        description="What they are about, such as organization; corrections of these, too. 对象类型。",
    )
    text: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Words that they all hold as written, outside of what is sealed. 内容含词。",
    )
    caused_by: Position | None = strawberry.field(
        default=strawberry.UNSET, description="The act that they are consequences of. 起因事件。"
    )
    corrections: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Whether they amend or retract another. 仅限更正。"
    )
    topics: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description="What happened. 事件类型。"
    )
    command_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The command that they came with. 命令编号。"
    )
    instrument: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The document that decided them. 依据文件。"
    )
    reorganization: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The reorganization, with all that it caused. 机构改革。"
    )
    effective_from: date | None = strawberry.field(
        default=strawberry.UNSET, description="Effective on this day or later. 生效不早于。"
    )
    effective_to: date | None = strawberry.field(
        default=strawberry.UNSET, description="Effective on this day or earlier. 生效不晚于。"
    )
    recorded_from: datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Recorded at this instant or later. 登记不早于。"
    )
    recorded_to: datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Recorded at this instant or earlier. 登记不晚于。"
    )


@strawberry.enum(description="From which end the log is read. 日志排序。")
class AuditOrder(StrEnum):
    """The order of events."""

    NEWEST = "NEWEST"
    OLDEST = "OLDEST"


@strawberry.type
class AuditQuery:
    """The root of the log."""

    @planned(AUDIT_LOG, right=Right.AUDIT, description="The log, a page at a time. 审计日志。")
    def audit_log(
        self,
        *,
        first: First,
        after: After = strawberry.UNSET,
        filter: AuditFilter | None = strawberry.UNSET,  # noqa: A002 - the name clients use
        order_by: AuditOrder = AuditOrder.NEWEST,
    ) -> AuditEventConnection:
        """Page through the log."""
        raise NotImplementedError
