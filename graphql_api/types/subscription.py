"""Events as they are recorded (订阅)."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import msgspec
import strawberry
from strawberry.scalars import JSON
from strawberry.types import Info

from graphql_api.context import Context, require
from graphql_api.planner.declare import PLAN, RIGHT, Resolved, Right
from graphql_api.types.audit import AuditEvent, AuditFilter
from graphql_api.types.rows import ByName
from registry.events import Recorded


@strawberry.type(description="What is told as it happens. 订阅。")
class Subscription:
    """A client that reconnects with its last position misses nothing."""

    @strawberry.subscription(metadata={PLAN: Resolved(), RIGHT: Right.AUDIT})
    async def events(
        self,
        info: Info[Context, None],
        after: int = 0,
        filter: AuditFilter | None = None,  # noqa: A002 - the name clients use
    ) -> AsyncGenerator[AuditEvent, None]:
        """Every event after a position, in order, and then those to come."""
        require(info, Right.AUDIT)
        async for record in info.context.services.feed.follow(after):
            if filter is None or _passes(record, filter):
                yield _row(record)


def _passes(record: Recorded, wanted: AuditFilter) -> bool:
    """Say whether ``record`` satisfies every condition given."""
    event = record.event
    conditions = (
        (wanted.actor, record.actor),
        (wanted.entity, str(record.originator_id)),
        (wanted.command_id, str(record.command_id)),
        (wanted.instrument, str(event.instrument)),
    )
    if any(value not in (None, strawberry.UNSET) and str(value) != actual for value, actual in conditions):
        return False
    if wanted.topics and event.topic not in wanted.topics:
        return False
    return not (wanted.effective_from and event.effective_on < wanted.effective_from) and not (
        wanted.effective_to and event.effective_on > wanted.effective_to
    )


def _row(record: Recorded) -> Any:
    """Return the event as graphql-core completes it: by field name, since a subscription has no plan."""
    return ByName({
        "position": record.position,
        "recordedAt": record.recorded_at,
        "effectiveOn": record.event.effective_on,
        "topic": record.event.topic,
        "actor": record.actor,
        "commandId": str(record.command_id),
        "causationId": record.cause,
        "corrects": record.corrects,
        "stream": str(record.originator_id),
        "version": record.originator_version,
        "instrument": None,
        "data": JSON(msgspec.to_builtins(record.event)),
    })
