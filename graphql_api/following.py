"""The log followed page by page (日志跟随): by a subscription, and by whoever keeps a copy."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any, NamedTuple

import orjson
from graphql import GraphQLError

from graphql_api.access import Right, Viewer
from graphql_api.accesses import begins
from graphql_api.context import Context
from graphql_api.freshness import look_anew
from graphql_api.planner.compiler import Statement
from graphql_api.planner.log import PAGE

VALUES = 10
"""What an event costs that is told: about as many values as it has."""


class Page(NamedTuple):
    """The next events, each beside its position, and the position to go on from.

    What the viewer may not see is left out, and gone past all the same.
    """

    events: list[tuple[int, Any]]
    position: int


async def read_page(context: Context, statement: Statement, after: int, size: int = PAGE) -> Page:
    """Return the page that ``statement`` gives, which asks for ``size`` events after a position."""
    found = orjson.loads(await context.services.reader.fetch(statement) or "")
    events = [(place, event) for place, event in found["events"]]
    if len(events) == size:
        return Page(events, events[-1][0])
    # Nothing else up to the head is to be told.
    return Page(events, max(after, found["head"]))


async def pages(
    context: Context,
    after: int,
    plan: Callable[[int, Viewer], Statement],
    refused: Callable[[], GraphQLError],
) -> AsyncGenerator[Page, None]:
    """Read the log a page at a time for as long as who asks may; the next when the last one was taken.

    A page without events says how far the log has come.
    """
    position, begun = after, False
    while True:
        viewer = await context.signed_in()
        if not viewer.may(Right.AUDIT):
            raise refused()
        # Counted before the look: what is recorded after it must not wait for the next one.
        seen = context.services.news.changes
        statement = plan(position, viewer)
        if not begun and statement.reading is not None:
            begun = True
            await context.services.accesses.record(begins(statement.reading))
        page = await read_page(context, statement, position)
        await _paced(context, len(page.events) * VALUES)
        position = page.position
        yield page
        if len(page.events) < PAGE:
            if not await context.services.news.wait(seen):
                return
            look_anew()


async def _paced(context: Context, cost: int) -> None:
    """Count what a page costs; whoever has spent all is told the rest when there is something left again."""
    if context.budget is None:
        return
    context.budget.charge(context.caller, cost)
    seconds = context.budget.wait_seconds(context.caller)
    if seconds > 0:
        await asyncio.sleep(seconds)
