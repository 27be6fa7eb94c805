"""How long a request may be (请求长度限制)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import orjson
from graphql import GraphQLError
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graphql_api.accepted import FORM, media_of
from graphql_api.attempts import TooManyAttemptsError
from graphql_api.budget import BudgetSpentError
from graphql_api.problems import Problem, problem

BODY_BYTES = 200_000
"""A request's body, or a WebSocket's message, at most; a long plan of a reform has a tenth of that."""

BODY_SECONDS = 30.0
"""How long a body may take to arrive; of a file, ``BODY_BYTES`` in this time at least."""

HEADER_BYTES = 32_000
"""A request's headers and address at most; the longest token that is looked at has half of that."""

_STATUS = {
    Problem.ACCESS_NOT_RECORDED: 503,
    Problem.EXTRA_MISSING: 501,
    Problem.BUDGET_SPENT: 429,
    Problem.IMPORT_UNDER_WAY: 503,
    Problem.CROSS_SITE: 403,
    Problem.FORBIDDEN: 403,
    Problem.INVALID_DOCUMENT: 400,
    Problem.INVALID_INPUT: 400,
    Problem.INVALID_REQUEST: 400,
    Problem.INVALID_UPLOAD: 400,
    Problem.METHOD_NOT_ALLOWED: 405,
    Problem.NOT_FOUND: 404,
    Problem.NOT_INCREMENTAL: 400,
    Problem.OPERATION_UNDER_WAY: 409,
    Problem.POSITION_NOT_REACHED: 503,
    Problem.SEVERAL_PROCESSES: 501,
    Problem.STREAM_OPEN: 409,
    Problem.TIMEOUT: 504,
    Problem.TOO_COMPLEX: 400,
    Problem.TOO_MANY_STREAMS: 429,
    Problem.UNAUTHENTICATED: 401,
    Problem.UNKNOWN_DOCUMENT: 404,
    Problem.UNKNOWN_STREAM: 404,
    Problem.UNTRUSTED_DOCUMENT: 400,
    Problem.UNSUPPORTED_MEDIA_TYPE: 415,
    Problem.TOO_MANY_ATTEMPTS: 429,
    Problem.SIGN_IN_FAILED: 403,
    Problem.SIGN_IN_UNAVAILABLE: 503,
    Problem.UNAVAILABLE: 503,
    Problem.PROJECTIONS_MOVED: 503,
}


_MORE: dict[Problem, dict[str, str]] = {
    Problem.METHOD_NOT_ALLOWED: {"allow": "GET, HEAD, POST"},
    Problem.POSITION_NOT_REACHED: {"retry-after": "1"},
    Problem.UNAUTHENTICATED: {"www-authenticate": "Bearer"},
}
"""Headers that a response has besides."""


class BodyLimit:
    """Refuses a request whose body is too long, before it is read whole, and one whose headers are."""

    def __init__(self, app: ASGIApp, longer: Mapping[str, int] | None = None) -> None:
        """Wrap ``app``; ``longer`` says how long a form may be at paths that take files."""
        self._app = app
        self._longer = longer or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        head, kind, declared = _measured(scope)
        if head > HEADER_BYTES:
            await refusal(Problem.HEADERS_TOO_LONG, 431, bytes=HEADER_BYTES)(scope, receive, send)
            return
        is_long = scope["path"] in self._longer and media_of(kind.decode("latin-1")) == FORM
        limit = self._longer[scope["path"]] if is_long else BODY_BYTES
        if not declared.isdigit() or int(declared) > limit:
            await refusal(Problem.BODY_TOO_LONG, 413, bytes=limit)(scope, receive, send)
            return
        received, whole = 0, False
        clock = asyncio.get_running_loop()
        began = clock.time()

        async def receiving() -> Message:
            # A body sent in chunks declares no length: it is counted as it comes.
            nonlocal received, whole
            if whole:
                return await receive()
            try:
                async with asyncio.timeout_at(began + BODY_SECONDS * (1 + received // BODY_BYTES)):
                    message = await receive()
            except TimeoutError as error:
                raise _TooSlowError from error
            whole = not message.get("more_body", False)
            received += len(message.get("body", b""))
            if received > limit:
                raise _TooLongError
            return message

        try:
            await self._app(scope, receiving, send)
        except _TooLongError:
            await refusal(Problem.BODY_TOO_LONG, 413, bytes=limit)(scope, receive, send)
        except _TooSlowError:
            response = refusal(Problem.TOO_SLOW, 408, seconds=int(BODY_SECONDS))
            response.headers["connection"] = "close"
            await response(scope, receive, send)


class _TooSlowError(Exception):
    """The body did not arrive in time."""


class _TooLongError(Exception):
    """The body turned out longer than allowed while it was read."""


def _measured(scope: Scope) -> tuple[int, bytes, bytes]:
    """Return how long address and headers are, and the first that say type and length of the body."""
    length, kind, declared = len(scope.get("query_string", b"")), None, None
    for name, value in scope["headers"]:
        length += len(name) + len(value)
        if name == b"content-type" and kind is None:
            kind = value
        elif name == b"content-length" and declared is None:
            declared = value
    return length, kind or b"", b"0" if declared is None else declared


def refused(error: GraphQLError, *more: GraphQLError, media_type: str = "application/json") -> Response:
    """Return the response for a request that cannot be answered, or whose sender may not be."""
    code = Problem((error.extensions or {})["code"])
    headers = {"cache-control": "no-store", **_MORE.get(code, {})}
    if isinstance(error, TooManyAttemptsError | BudgetSpentError):
        headers["retry-after"] = str(error.retry_after)
    content = orjson.dumps({"errors": [each.formatted for each in (error, *more)]})
    return Response(content, _STATUS.get(code, 500), headers, media_type)


def refusal(code: Problem, status: int, **details: object) -> Response:
    """Return the response for a request that is refused before it is a question."""
    content = orjson.dumps({"errors": [problem(code, None, **details).formatted]})
    return Response(content, status_code=status, media_type="application/json")
