"""The log over HTTP for whoever checks it: C2SP tlog-tiles, and cosignatures taken in (日志公开接口).

Hashes and checkpoints say nothing of what was recorded: anybody may have them. Entries name streams, actors
and documents, and need the right to the log.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import uuid4

from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from graphql_api.access import Right
from graphql_api.accesses import Access
from graphql_api.body import refusal
from graphql_api.context import Context, Services
from graphql_api.problems import Problem
from graphql_api.types.terms.access import AccessKind
from registry.tile_paths import TILE_WIDTH, read_tile_path
from registry.time import civil_date

_FULL = "max-age=31536000, immutable"
_MOVING = "no-cache"
_NOSNIFF = {"x-content-type-options": "nosniff"}
_LEVELS = 64


class LogFiles:
    """Serves the files of the log."""

    def __init__(self, services: Callable[[], Services]) -> None:
        """Serve; ``services`` are there once the application has started."""
        self._services = services

    def routes(self) -> Sequence[BaseRoute]:
        """Return the routes."""
        return [
            Route("/log/checkpoint", self.checkpoint),
            Route("/log/key", self.key),
            Route("/log/cosignature", self.cosignature, methods=["POST"]),
            Route("/log/tile/entries/{path:path}", self.entries),
            Route("/log/tile/{level:int}/{path:path}", self.tile),
        ]

    async def checkpoint(self, _: Request) -> Response:
        """Answer with the newest signed checkpoint and its cosignatures."""
        note = await self._services().proofs.checkpoint()
        return _missing("checkpoint") if note is None else _text(note)

    async def key(self, _: Request) -> Response:
        """Answer with the public keys."""
        return _text(self._services().proofs.key())

    async def tile(self, request: Request) -> Response:
        """Answer with the hashes of a tile."""
        level, path = request.path_params["level"], request.path_params["path"]
        place = read_tile_path(path)
        if place is None or level >= _LEVELS:
            return _missing(f"tile {path[:80]}")
        content = await self._services().proofs.tile(level, *place)
        return _missing(f"tile {path[:80]}") if content is None else _binary(content, place[1], "public")

    async def entries(self, request: Request) -> Response:
        """Answer with the leaves of a tile."""
        context = await _context(self._services(), request)
        if not context.viewer.everywhere(Right.AUDIT):
            return refusal(Problem.FORBIDDEN, 403, field="/log/tile/entries")
        path = request.path_params["path"]
        place = read_tile_path(path)
        content = None if place is None else await self._services().proofs.entries(*place)
        if place is None or content is None:
            return _missing(f"entries {path[:80]}")
        access = Access(actor=context.viewer.name, kind=AccessKind.LOG_ENTRIES, operation=path)
        try:
            await self._services().accesses.record(access)
        except GraphQLError:
            return refusal(Problem.ACCESS_NOT_RECORDED, 503)
        return _binary(content, place[1], "private")

    async def cosignature(self, request: Request) -> Response:
        """Take in a note with cosignatures of known witnesses."""
        try:
            kept = await self._services().proofs.accept((await request.body()).decode())
        except LookupError:
            return refusal(Problem.UNKNOWN_CHECKPOINT, 404)
        except PermissionError:
            return refusal(Problem.UNKNOWN_WITNESS, 403)
        except ValueError as error:
            return refusal(Problem.INVALID_COSIGNATURE, 422, problem=str(error))
        return PlainTextResponse(f"{kept}\n", headers=_NOSNIFF)


async def _context(services: Services, request: Request) -> Context:
    """Say who asks."""
    context = Context(
        services=services,
        request_id=str(request.scope.get("state", {}).get("request_id") or uuid4()),
        today=civil_date(services.clock.now()),
        authorization=request.headers.get("authorization"),
    )
    context.viewer = await context.signed_in()
    return context


def _text(content: str) -> Response:
    return PlainTextResponse(content, headers={"cache-control": _MOVING, **_NOSNIFF})


def _binary(content: bytes, width: int, whose: str) -> Response:
    """Return hashes or entries: those of a full tile never change, and those of a part do not either."""
    kept = _FULL if width == TILE_WIDTH else "max-age=60"
    headers = {"cache-control": f"{whose}, {kept}", **_NOSNIFF}
    return Response(content, headers=headers, media_type="application/octet-stream")


def _missing(what: str) -> Response:
    return refusal(Problem.NOT_FOUND, 404, english=what, chinese=what)
