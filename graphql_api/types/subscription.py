"""Events as they are recorded (订阅)."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated

import strawberry
from strawberry.types import Info
from strawberry.types.unset import UNSET

from graphql_api.access import Right, Viewer
from graphql_api.context import Context, raw_info, refusal
from graphql_api.following import pages
from graphql_api.planner.compiler import Statement
from graphql_api.planner.declare import subscribed
from graphql_api.planner.log import plan_events
from graphql_api.types.audit import AuditEvent, AuditFilter
from graphql_api.types.scalars import Position

_BEGINNING = Position(0)


@strawberry.type(description="What is told as it happens. 订阅。")
class Subscription:
    """A client that reconnects with its last position misses nothing."""

    @subscribed(
        right=Right.AUDIT,
        description="Every event after a position, in order, and then those to come. 日志事件流。",
    )
    async def events(
        self,
        info: Info[Context, None],
        after: Annotated[
            Position, strawberry.argument(description="The last position already seen. 已收到的最后位置。")
        ] = _BEGINNING,
        filter: AuditFilter | None = UNSET,  # noqa: A002 - the name clients use
    ) -> AsyncGenerator[AuditEvent, None]:
        """Read the log a page at a time; the next page is read when the client has taken this one."""
        del filter  # the planner reads it where it reads the selection
        raw, today = raw_info(info), info.context.today

        def plan(position: int, viewer: Viewer) -> Statement:
            return plan_events(raw, position, viewer, today)

        async with aclosing(pages(info.context, int(after), plan, lambda: refusal(info))) as read:
            async for page in read:
                for _, event in page.events:
                    yield event
