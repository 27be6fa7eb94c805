"""The register as it is now, whole, for programs that keep a copy (登记快照): ``GET /snapshot?register=…``.

JSON lines from one snapshot of the database: first the position of the log that it stands at, then a line
for each entity, last how many there were. Whoever lost the connection before that line has no snapshot. Each
entity is as its own events say and no others: a copy is brought up to date by asking anew for those that the
events after the position are about (``ids``), and dropping the ones that no longer come.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import Protocol
from uuid import UUID

import orjson
import structlog
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from graphql_api.body import refused
from graphql_api.budget import Budget
from graphql_api.callers import Front, context_of
from graphql_api.context import Services
from graphql_api.freshness import CutOffError
from graphql_api.planner.compiler import Statement
from graphql_api.planner.head import head_statement, read_head
from graphql_api.position import awaited
from graphql_api.problems import Problem, invalid, problem
from graphql_api.streams import Patience
from registry.statements import statement

REGISTERS = {name: statement("graphql_api", f"snapshot_{name}") for name in ("organizations", "functions")}
"""The statement of each register: the line of every entity, or of those whose ids are given."""

_IDS = 100
"""Entities that are asked for by their ids at most."""

_AT_ONCE = 2
"""Snapshots under way in a process: each keeps a connection for as long as its reader takes."""

_PIECE_BYTES = 32_000
_LINES = b"application/jsonl"

_log = structlog.get_logger(__name__)


class Rows(Protocol):
    """Reads several statements from one snapshot, without holding what they give."""

    def rows(self, first: Statement, then: Statement) -> AsyncGenerator[str, None]:
        """Yield the text of the first statement, and that of every row of the second."""
        ...


class Registers:
    """Serves the registers whole (快照)."""

    def __init__(
        self,
        rows: Callable[[], Rows],
        services: Callable[[], Services],
        front: Front,
        budget: Budget,
        patience: Patience,
    ) -> None:
        """Read ``rows``, which are there once the application has started."""
        self._rows = rows
        self._services = services
        self._front = front
        self._budget = budget
        self._patience = patience
        self._turns = asyncio.Semaphore(_AT_ONCE)

    def routes(self) -> Sequence[BaseRoute]:
        """Return the routes."""
        return [Route("/snapshot", self.serve)]

    async def serve(self, request: Request) -> Response:
        """Answer with a register; what it holds is published."""
        try:
            if self._front.is_elsewhere(request):
                raise problem(Problem.CROSS_SITE)
            context = await context_of(request, self._services, self._front)
            self._budget.check(context.caller)
            name = request.query_params.get("register", "")
            if name not in REGISTERS:
                raise problem(Problem.NOT_FOUND, english=f"register {name[:50]}", chinese=f"登记 {name[:50]}")
            asked = Statement(REGISTERS[name], [_ids(request)])
            await awaited(request, context.services, self._patience, self._front)
        except GraphQLError as error:
            return refused(error)
        charge = lambda lines: self._budget.charge(context.caller, lines * 10)  # noqa: E731 - one of a kind
        return _Lines(lambda: self._lines(name, asked, charge), self._turns, self._patience)

    async def _lines(
        self, name: str, asked: Statement, charge: Callable[[int], int]
    ) -> AsyncGenerator[bytes, None]:
        count = 0
        async with aclosing(self._rows().rows(head_statement(), asked)) as texts:
            head = read_head(await anext(texts))
            start = {"register": name, "position": head.position, "recordedAt": head.recorded_at.isoformat()}
            yield orjson.dumps(start) + b"\n"
            async for text in texts:
                count += 1
                yield text.encode() + b"\n"
        charge(count)
        yield orjson.dumps({"entities": count}) + b"\n"


class _Lines(Response):
    """Lines sent as they come, gathered into pieces; whoever does not read for a while is hung up on.

    Lines that break off before the first piece has left begin anew over the primary, or are refused in words.
    """

    def __init__(
        self,
        lines: Callable[[], AsyncGenerator[bytes, None]],
        turns: asyncio.Semaphore,
        patience: Patience,
    ) -> None:
        super().__init__()
        self._lines = lines
        self._turns = turns
        self._patience = patience
        self._begun = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with self._turns:
                await self._whole(send)
        except TimeoutError:
            # The last line is missing: whoever reads on knows that this is no snapshot.
            _log.warning("a slow reader was dropped", path=scope["path"])
        except GraphQLError as error:
            if self._begun:
                _log.warning("a snapshot was broken off", problem=str(error.__cause__ or error))
            else:
                await refused(error)(scope, receive, send)

    async def _whole(self, send: Send) -> None:
        try:
            await self._send(send)
        except CutOffError:
            if self._begun:
                raise
            # The reader has noted that this request is the primary's from now on.
            await self._send(send)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send(self, send: Send) -> None:
        piece = bytearray()
        async with aclosing(self._lines()) as lines:
            async for line in lines:
                piece += line
                if len(piece) >= _PIECE_BYTES:
                    await self._one(send, bytes(piece))
                    piece.clear()
        await self._one(send, bytes(piece))

    async def _one(self, send: Send, piece: bytes) -> None:
        async with asyncio.timeout(self._patience.slow_reader_seconds):
            if not self._begun:
                self._begun = True
                headers = [(b"content-type", _LINES), (b"cache-control", b"no-store")]
                await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": piece, "more_body": True})


def _ids(request: Request) -> list[UUID] | None:
    """Return the ids that are asked for; None for all."""
    text = request.query_params.get("ids")
    if text is None:
        return None
    parts = text.split(",")
    if len(parts) > _IDS:
        raise invalid("ids", f"give {_IDS} at most", f"不得超过 {_IDS} 个")
    try:
        return [UUID(part) for part in parts]
    except ValueError:
        raise invalid("ids", "give UUIDs with commas between", "须为逗号分隔的 UUID") from None
