"""The log for programs that keep a copy (变更订阅): events after a position, and what they say.

``GET /events?after=POSITION`` gives JSON lines, or server-sent events to whoever accepts those. Rights are
those of the subscription ``events``, by the same compiled statement: what the reader may not see is left out,
and gone past all the same.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import NamedTuple

import orjson
from graphql import GraphQLError, GraphQLSchema
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from graphql_api.accepted import EVENTS, answer_type
from graphql_api.access import ANYBODY, Right, Viewer
from graphql_api.body import refused
from graphql_api.budget import Budget
from graphql_api.callers import Front, context_of
from graphql_api.context import Context, Services
from graphql_api.event_schemas import SCHEMAS, address
from graphql_api.event_stream import EventStream, event
from graphql_api.following import VALUES, Page, pages, read_page
from graphql_api.masking import told_errors
from graphql_api.parameters import Bound, whole_number
from graphql_api.planner.compiler import Statement
from graphql_api.planner.log import plan_feed
from graphql_api.position import awaited
from graphql_api.problems import Problem, problem
from graphql_api.responses import NO_STORE, compressed
from graphql_api.streams import Patience, Streams

LINES = "application/jsonl"

_AFTER = Bound("after", 0, 2**63 - 1, 0)
_LIMIT = Bound("limit", 1, 1_000, 100)
_WAIT = Bound("wait", 0, 30, 0)
"""Seconds for which an answer without events is put off, in case there are some."""


class Waiting(NamedTuple):
    """How long one waits for whom, and who follows what already (等待)."""

    patience: Patience
    streams: Streams


class ChangeFeed:
    """Serves the events (变更流)."""

    def __init__(
        self,
        schema: GraphQLSchema,
        services: Callable[[], Services],
        front: Front,
        budget: Budget,
        waiting: Waiting,
    ) -> None:
        """Ask of ``schema``; count streams with those of GraphQL, and costs in the same budget."""
        self._schema = schema
        self._services = services
        self._front = front
        self._budget = budget
        self._patience, self._streams = waiting

    def routes(self) -> Sequence[BaseRoute]:
        """Return the routes."""
        return [
            Route("/events", self.serve),
            Route("/events/schemas", self.listed),
            Route("/events/schemas/{topic}/{version:int}.json", self.schema),
        ]

    async def listed(self, request: Request) -> Response:
        """Answer with the addresses of all schemas."""
        found = [{"topic": t, "version": v, "schema": address(t, v)} for t, v in SCHEMAS]
        return compressed(request, orjson.dumps(found), 200, _PUBLISHED, "application/json")

    async def schema(self, request: Request) -> Response:
        """Answer with the schema of a topic."""
        topic, version = request.path_params["topic"], request.path_params["version"]
        content = SCHEMAS.get((topic, version))
        if content is None:
            name = f"event {topic[:80]!r} of version {version}"
            return refused(problem(Problem.NOT_FOUND, english=name, chinese=name))
        return compressed(request, content, 200, _PUBLISHED, "application/schema+json")

    async def serve(self, request: Request) -> Response:
        """Answer with events."""
        try:
            context = await self._context(request)
            after = whole_number(request, _AFTER)
            if answer_type(request.headers.get("accept", "")) == EVENTS:
                last = request.headers.get("last-event-id")
                return _Passed(self._stream(context, after if last is None else _AFTER.read(last)))
            return await self._lines(request, context, after)
        except GraphQLError as error:
            (told,) = told_errors([error])
            return refused(error if told.extensions == error.extensions else told)

    async def _context(self, request: Request) -> Context:
        if self._front.is_elsewhere(request):
            raise problem(Problem.CROSS_SITE)
        context = await context_of(request, self._services, self._front)
        context.budget = self._budget
        self._budget.check(context.caller)
        if not context.viewer.may(Right.AUDIT):
            raise problem(Problem.UNAUTHENTICATED) if context.viewer is ANYBODY else _forbidden()
        await awaited(request, context.services, self._patience, self._front)
        return context

    def _plan(self, context: Context, size: int | None = None) -> Callable[[int, Viewer], Statement]:
        def plan(position: int, viewer: Viewer) -> Statement:
            given = () if size is None else (size,)
            return plan_feed(self._schema, position, viewer, context.today, *given)

        return plan

    async def _lines(self, request: Request, context: Context, after: int) -> Response:
        """Answer with a page of JSON lines, and where to go on in a header."""
        size = whole_number(request, _LIMIT)
        deadline = time.monotonic() + whole_number(request, _WAIT)
        page = await self._waited(context, after, size, deadline)
        self._budget.charge(context.caller, 1 + len(page.events) * VALUES)
        content = b"".join(orjson.dumps(_told(found)) + b"\n" for _, found in page.events)
        headers = {**NO_STORE, "kexie-position": str(page.position)}
        return compressed(request, content, 200, headers, LINES)

    async def _waited(self, context: Context, after: int, size: int, deadline: float) -> Page:
        """Return the next events; none only when there were none until the deadline."""
        plan, news = self._plan(context, size), context.services.news
        with self._streams.one(context.caller):
            while True:
                viewer = await context.signed_in()
                if not viewer.may(Right.AUDIT):
                    raise _forbidden()
                seen = news.changes
                page = await read_page(context, plan(after, viewer), after, size)
                left = deadline - time.monotonic()
                if page.events or left <= 0:
                    return page
                try:
                    async with asyncio.timeout(left):
                        if not await news.wait(seen):
                            return page
                except TimeoutError:
                    return page

    def _stream(self, context: Context, after: int) -> ASGIApp:
        self._streams.enter(context.caller)
        return EventStream(self._events(context, after), context.caller, self._streams, self._patience)

    async def _events(self, context: Context, after: int) -> AsyncGenerator[bytes, None]:
        """Tell every event with its position as its id; what is gone past is told by an id alone."""
        told = after
        try:
            async with aclosing(pages(context, after, self._plan(context), _forbidden)) as read:
                async for page in read:
                    for place, found in page.events:
                        yield event(None, orjson.dumps(_told(found)), str(place))
                        told = place
                    if page.position > told:
                        told = page.position
                        yield event(None, None, str(told))
        except GraphQLError as error:
            (problem_told,) = told_errors([error])
            yield event("error", orjson.dumps({"errors": [problem_told.formatted]}))


class _Passed(Response):
    """A response that another one gives."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__()
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)


_PUBLISHED = {"cache-control": "public, max-age=3600"}


def _forbidden() -> GraphQLError:
    return problem(Problem.FORBIDDEN, field="/events")


def _told(found: dict[str, object]) -> dict[str, object]:
    """Return an event with the address of the schema of what it says, if that is told."""
    data = found.get("data")
    if not isinstance(data, dict):
        return found
    return {**found, "schema": address(str(found["topic"]), int(data.get("class_version", 1)))}
