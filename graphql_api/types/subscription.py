"""Events as they are recorded (订阅)."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Annotated

import orjson
import strawberry
from strawberry.types import Info
from strawberry.types.unset import UNSET

from graphql_api.access import Right
from graphql_api.accesses import begins
from graphql_api.context import Context, raw_info, refusal
from graphql_api.planner.declare import subscribed
from graphql_api.planner.log import PAGE, plan_events
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
        context, news = info.context, info.context.services.news
        position, begun = int(after), False
        while True:
            viewer = await context.signed_in()
            if not viewer.may(Right.AUDIT):
                raise refusal(info)
            # Counted before the look: what is recorded after it must not wait for the next one.
            seen = news.changes
            statement = plan_events(raw_info(info), position, viewer, context.today)
            if not begun and statement.reading is not None:
                begun = True
                await context.services.accesses.record(begins(statement.reading))
            page = orjson.loads(await context.services.reader.fetch(statement) or "")
            for place, event in page["events"]:
                yield event
                position = place
            if len(page["events"]) < PAGE:
                # Nothing else up to the head fits the filter.
                position = max(position, page["head"])
                if not await news.wait(seen):
                    return
