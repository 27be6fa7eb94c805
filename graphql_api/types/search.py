"""What is found by name (搜索)."""

from __future__ import annotations

import strawberry

from graphql_api.planner.declare import column
from graphql_api.types.node import Node


@strawberry.type(description="Something that bears a name like the one looked for. 搜索结果。")
class SearchHit:
    """An entity, and the name that it was found by."""

    node: Node = column(description="What was found, as it is on that day. 登记对象。")
    name: str = column(description="The name that it was found by: name, number … 匹配的名称。")
    score: int = column(
        description="How well that fits: 100 the whole name, 90 its beginning, 80 within it, 70 its pinyin"
        " or initials as a whole, 60 and 50 the beginning of its initials and pinyin, 40 and 30 within these,"
        " up to 20 similar. 匹配程度。"
    )
