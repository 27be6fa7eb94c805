"""What everything with an id has in common, and pages (节点与分页)."""

from __future__ import annotations

import strawberry

from graphql_api.planner.declare import column


@strawberry.interface(description="Anything with an id of its own. 登记对象。")
class Node:
    """An entity of the register."""

    id: strawberry.ID = column(description="A UUID that never changes. 编号。")


@strawberry.type(description="Where a page stands in its list. 分页信息。")
class PageInfo:
    """Relay's page information; lists are paged forward only."""

    has_next_page: bool = column(description="Whether there is more after this page. 是否有下一页。")
    has_previous_page: bool = column(description="Whether there is something before it. 是否有上一页。")
    start_cursor: str | None = column(
        description="The cursor of the first row, null on an empty page. 起始游标。"
    )
    end_cursor: str | None = column(
        description="The cursor of the last row: `after` of the next page. 末尾游标。"
    )
