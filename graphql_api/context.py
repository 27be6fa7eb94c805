"""What a request carries through its resolvers (请求上下文)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date
from typing import Any, Protocol

from graphql import GraphQLError, GraphQLResolveInfo
from msgspec import Struct
from strawberry.types import Info

from graphql_api.access import ANYBODY, Right, Viewer, refuse_field
from graphql_api.planner.compiler import Statement
from registry.answers import Accepted, Preview, Simulated
from registry.commands import Command
from registry.time import Clock

Fetch = Callable[[Statement], Awaitable[str | None]]
"""Gives the text of one statement after another, all from the same snapshot."""

Inquiry = Callable[[Fetch], Awaitable[Any]]
"""Asks as many statements as it needs, and returns the answer."""


class Reader(Protocol):
    """Runs compiled statements."""

    async def fetch(self, statement: Statement) -> str | None:
        """Return the text the statement gives, from one snapshot."""
        ...

    def snapshot(self) -> AbstractAsyncContextManager[Fetch]:
        """Return a context that gives what fetches several statements from the same snapshot."""
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


class Simulator(Protocol):
    """Shows what would be so after commands."""

    @property
    def schema(self) -> str:
        """The schema of the tables as they are; their bare names mean what would be."""
        ...

    async def simulate(self, commands: Sequence[Command], inquire: Inquiry | None) -> Simulated:
        """Return what ``commands`` would come to, and what ``inquire`` finds then; raises Refusal."""
        ...


class News(Protocol):
    """Tells that something was recorded."""

    @property
    def changes(self) -> int:
        """How many times something may have been recorded; to be counted before one looks."""
        ...

    async def wait(self, seen: int) -> bool:
        """Wait for more than ``seen`` changes, or a while; False when there will be none any more."""
        ...


class SignIn(Protocol):
    """Tells whose a token is."""

    async def viewer(self, token: str) -> Viewer | None:
        """Return whose token it is, or None when it is nobody's (any more)."""
        ...


class Services(Struct, frozen=True):
    """What the process offers to every request; the composition root makes it."""

    reader: Reader
    recorder: Recorder
    previewer: Previewer
    simulator: Simulator
    news: News
    sign_in: SignIn
    clock: Clock


class Context(Struct):
    """One operation: who asks, on which civil day, and what it may use.

    ``authorization`` is what was sent to sign in with, ``connection_params`` what a WebSocket client sent
    when it connected. A WebSocket has one context for its whole life, of which each operation gets a copy
    with its own day.
    """

    services: Services
    request_id: str
    today: date
    viewer: Viewer = ANYBODY
    authorization: object = None
    connection_params: object = None

    async def signed_in(self) -> Viewer:
        """Return whose the authorization is now: a token may be revoked while a subscription lasts."""
        if not isinstance(self.authorization, str):
            return ANYBODY
        scheme, _, token = self.authorization.partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            return ANYBODY
        return await self.services.sign_in.viewer(token.strip()) or ANYBODY


def require(info: Info[Context, None], right: Right) -> None:
    """Refuse a resolved field whose right the viewer does not have everywhere."""
    if not info.context.viewer.everywhere(right):
        raise refusal(info)


def refusal(info: Info[Context, None]) -> GraphQLError:
    """Return the error for the field ``info`` is about."""
    raw = raw_info(info)
    return refuse_field(f"{raw.parent_type.name}.{raw.field_name}", raw.field_nodes)


def raw_info(info: Info[Context, None]) -> GraphQLResolveInfo[Any]:
    """Return graphql-core's own information about the field being resolved."""
    raw: GraphQLResolveInfo[Any] = info._raw_info  # noqa: SLF001 - Strawberry offers no public way to the nodes
    return raw
