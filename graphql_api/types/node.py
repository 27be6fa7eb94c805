"""What everything with an id has in common, and pages (节点与分页)."""

from __future__ import annotations

import strawberry

from graphql_api.planner.declare import column


@strawberry.interface(description="Anything with an id of its own. 登记对象。")
class Node:
    """An entity of the register."""

    id: strawberry.ID = column()


@strawberry.type(description="Where a page stands in its list. 分页信息。")
class PageInfo:
    """Relay's page information, forward only."""

    has_next_page: bool = column()
    start_cursor: str | None = column()
    end_cursor: str | None = column()
