"""Documents (文件)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import strawberry

from graphql_api.access import Right
from graphql_api.planner import mappings as m
from graphql_api.planner.declare import column
from graphql_api.types.enums import Precision
from graphql_api.types.node import Node, PageInfo
from graphql_api.types.scalars import Position


@strawberry.type(description="A document that decides things, as of a date. 文件。")
class Instrument(Node):
    """A document."""

    number: str | None = column(
        description="As printed, such as 厅字〔2016〕11号; null where it has none. 文号。"
    )
    title: str = column(description="Its title. 标题。")
    issuer: str | None = column(description="Who issued it. 发文机关。")
    sha256: str | None = column(description="SHA-256 of a scan, in hexadecimal. 扫描件摘要。")
    repealed: bool = column(description="Whether it is no longer in force. 已废止。")
    valid_from: date = column(
        m.VALID_FROM, description="The day of issue, or of the change since. 印发日期。"
    )
    valid_from_precision: Precision = column(
        m.DATED_AS, description="How exactly that day is known. 日期精度。"
    )
    position: Position = column(
        right=Right.RECORD, description="The event in the log that says so. 日志位置。"
    )


@strawberry.type(description="A document on a page. 文件分页项。")
class InstrumentEdge:
    """A document and where it stands."""

    cursor: str = column(description="Where it stands in the list. 游标。")
    node: Instrument = column(description="The document. 文件。")


@strawberry.type(description="A page of documents. 文件分页。")
class InstrumentConnection:
    """Documents as a list."""

    edges: list[InstrumentEdge] = column(description="The documents with their cursors. 分页项。")
    nodes: list[Instrument] = column(description="The documents. 文件。")
    page_info: PageInfo = column(description="Where the page stands. 分页信息。")
    total_count: int = column(description="How many fit the filter. 总数。")


@strawberry.input(description="Conditions that all hold. 文件筛选。")
class InstrumentFilter:
    """Which documents."""

    number: str | None = strawberry.field(
        default=strawberry.UNSET, description="The number as printed. 文号。"
    )
    text: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Words that a name holds, in characters, pinyin or initials. 名称、拼音或首字母。",
    )
    title_contains: str | None = strawberry.field(
        default=strawberry.UNSET, description="Words that the title holds. 标题包含。"
    )


@strawberry.enum(description="By what documents are sorted; ids break ties. 文件排序。")
class InstrumentOrder(StrEnum):
    """The order of documents."""

    ISSUED_ON = "ISSUED_ON"
    NUMBER = "NUMBER"
    TITLE = "TITLE"
