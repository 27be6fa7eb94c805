"""What a request carries through its resolvers (请求上下文)."""

from __future__ import annotations

from datetime import date
from typing import Protocol

import orjson
from graphql import GraphQLError, GraphQLResolveInfo
from msgspec import Struct
from strawberry.types import Info

from graphql_api.access import Viewer, refuse_field
from graphql_api.planner.compiler import Statement
from graphql_api.planner.declare import Right
from graphql_api.planner.operation import plan_field
from registry.commands import Command
from registry.store.feed import Feed
from registry.store.outcome import Accepted
from registry.store.previewer import Preview


class Reader(Protocol):
    """Runs compiled statements."""

    async def fetch(self, statement: Statement) -> str:
        """Return the text the statement gives, from one snapshot."""
        ...


class Recorder(Protocol):
    """Records commands."""

    async def record(self, command: Command) -> Accepted:
        """Record ``command``; raises Refusal."""
        ...


class Previewer(Protocol):
    """Shows what commands would do."""

    async def preview(self, command: Command) -> Preview:
        """Return what ``command`` would do; raises Refusal."""
        ...


class Services(Struct, frozen=True):
    """What the process offers to every request; the composition root makes it."""

    reader: Reader
    recorder: Recorder
    previewer: Previewer
    feed: Feed


class Context(Struct):
    """One request: who asks, on which civil day, and what it may use.

    ``connection_params`` is what a WebSocket client sent when it connected.
    """

    viewer: Viewer
    today: date
    request_id: str
    services: Services
    connection_params: object = None


async def answer(info: Info[Context, None]) -> object:
    """Answer a planned root field on its own, for an operation that graphql-core completes."""
    raw: GraphQLResolveInfo = info._raw_info  # noqa: SLF001 - Strawberry offers no public way to the nodes
    context = info.context
    statement = plan_field(raw, context.viewer, context.today)
    return orjson.loads(await context.services.reader.fetch(statement))


def require(info: Info[Context, None], right: Right) -> None:
    """Refuse a resolved field whose right the viewer does not have."""
    if not info.context.viewer.may(right):
        raise refusal(info)


def refusal(info: Info[Context, None]) -> GraphQLError:
    """Return the error for the field ``info`` is about."""
    raw = info._raw_info  # noqa: SLF001 - see above
    return refuse_field(f"{raw.parent_type.name}.{raw.field_name}", raw.field_nodes)
