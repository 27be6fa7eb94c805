"""Reorganizations (机构改革)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import strawberry
from strawberry.scalars import JSON

from graphql_api.access import Right
from graphql_api.planner import mappings as m
from graphql_api.planner.declare import column, joined
from graphql_api.types.audit import AuditEvent
from graphql_api.types.enums import Stage
from graphql_api.types.instrument import Instrument
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.scalars import Position


@strawberry.type(description="One act by which organizations become others, as of a date. 机构改革。")
class Reorganization(Node):
    """A reorganization: while it is prepared, the staff's business; once adopted, it shows in the chart."""

    id: strawberry.ID = column(right=Right.RECORD, description="A UUID that never changes. 编号。")
    title: str = column(right=Right.RECORD, description="What it is called. 名称。")
    stage: Stage = column(right=Right.RECORD, description="How far it has come. 阶段。")
    takes_effect_on: date | None = column(
        right=Right.RECORD, description="The day of everything it does; null before its adoption. 实施日期。"
    )
    plan: JSON = column(right=Right.RECORD, description="Everything it does on its day. 方案内容。")
    decided_by: Instrument | None = joined(
        m.DECIDED_BY, right=Right.RECORD, description="The document that decided it. 依据文件。"
    )
    valid_from: date = column(m.VALID_FROM, right=Right.RECORD, description="Since when it is so. 生效日期。")
    valid_to: date | None = column(
        m.VALID_TO, right=Right.RECORD, description="Until when, exclusive; null when open. 失效日期。"
    )
    consequences: list[AuditEvent] = joined(
        m.CONSEQUENCES, right=Right.AUDIT, description="Everything that it did, in order. 改革结果。"
    )
    position: Position = column(
        right=Right.RECORD, description="The event in the log that says so. 日志位置。"
    )


@strawberry.type(description="A reorganization on a page. 机构改革分页项。")
class ReorganizationEdge:
    """A reorganization and where it stands."""

    cursor: str = column(right=Right.RECORD, description="Where it stands in the list. 游标。")
    node: Reorganization = column(right=Right.RECORD, description="The reorganization. 机构改革。")


@strawberry.type(description="A page of reorganizations. 机构改革分页。")
class ReorganizationConnection:
    """Reorganizations as a list."""

    edges: list[ReorganizationEdge] = column(
        right=Right.RECORD, description="The reorganizations with their cursors. 分页项。"
    )
    nodes: list[Reorganization] = column(right=Right.RECORD, description="The reorganizations. 机构改革。")
    page_info: PageInfo = column(right=Right.RECORD, description="Where the page stands. 分页信息。")
    total_count: int = column(right=Right.RECORD, description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold. 机构改革筛选。")
class ReorganizationFilter:
    """Which reorganizations."""

    text: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Words that a name holds, in characters, pinyin or initials. 名称、拼音或首字母。",
    )
    stages: list[Stage] | None = strawberry.field(
        default=strawberry.UNSET, description="How far they have come. 阶段。"
    )


@strawberry.enum(description="By what reorganizations are sorted; ids break ties. 机构改革排序。")
class ReorganizationOrder(StrEnum):
    """The order of reorganizations."""

    VALID_FROM = "VALID_FROM"
    TITLE = "TITLE"
