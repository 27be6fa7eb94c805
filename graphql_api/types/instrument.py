"""Documents (文件)."""

from __future__ import annotations

from datetime import date

import strawberry

from graphql_api.planner import mappings as m
from graphql_api.planner.declare import Right, column
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.scalars import Position


@strawberry.type(description="A document that decides things. 文件。")
class Instrument(Node):
    """A document, as of a date."""

    number: str | None = column(description="As printed, such as 厅字〔2016〕11号; null where it has none of its own.")
    title: str = column()
    issuer: str | None = column()
    sha256: str | None = column(description="SHA-256 of a scan, in hexadecimal.")
    repealed: bool = column(description="No longer in force. 已废止。")
    valid_from: date = column(m.VALID_FROM, description="The day of issue, or of the change since. 印发日期。")
    valid_from_precision: str = column(m.DATED_AS, description="How exactly that day is known.")
    position: Position = column(right=Right.RECORD)


@strawberry.type
class InstrumentEdge:
    """A document on a page."""

    cursor: str = column()
    node: Instrument = column()


@strawberry.type
class InstrumentConnection:
    """A page of documents."""

    edges: list[InstrumentEdge] = column()
    nodes: list[Instrument] = column()
    page_info: PageInfo = column()
    total_count: int = column()


@strawberry.input(description="Conditions that all hold. 文件筛选。")
class InstrumentFilter:
    """Which documents."""

    number: str | None = strawberry.UNSET
    title_contains: str | None = strawberry.UNSET
