"""Server-sent events over one connection (单连接模式), as graphql-sse's protocol has it.

``PUT`` reserves a stream and gives its token, ``GET`` opens it, ``POST`` begins an operation whose results it
carries, ``DELETE`` ends one. Each is asked by the same caller, who is looked at every time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp
from strawberry.types.graphql import OperationType

from graphql_api.accepted import EVENTS, answer_type
from graphql_api.asked import OPERATION_ID, UnreadableRequestError, is_get, read_request
from graphql_api.body import refused
from graphql_api.context import Context
from graphql_api.masking import told_errors
from graphql_api.problems import Problem, problem
from graphql_api.responses import NO_STORE

if TYPE_CHECKING:
    from graphql_api.http import Endpoint

HEADER = "x-graphql-event-stream-token"
PARAMETER = "token"
"""Where the token stands in an address: an EventSource of a browser sets no headers."""

_LONGEST = 100


def is_single(request: Request) -> bool:
    """Say whether a request is about a stream that is, or is to be, reserved."""
    if request.method == "PUT":
        # With a body it is an operation, which this is no way to send.
        return (
            request.headers.get("content-length", "0") == "0" and "transfer-encoding" not in request.headers
        )
    return _token(request) is not None


async def answer(view: Endpoint, request: Request, context: Context) -> ASGIApp:
    """Answer a request that :func:`is_single`; raises GraphQLError or UnreadableRequestError."""
    streams, caller = view.reservations, context.caller
    if request.method == "PUT":
        return PlainTextResponse(streams.reserve(caller), 201, NO_STORE)
    token = _token(request) or ""
    if request.method == "DELETE":
        streams.of(token, caller).end(_identity(request.query_params.get(OPERATION_ID)))
        return Response(status_code=200)
    if request.method not in {"GET", "POST"}:
        raise problem(Problem.METHOD_NOT_ALLOWED, method=request.method)
    if answer_type(request.headers.get("accept", "")) == EVENTS:
        return streams.opened(token, caller)
    return await _begun(view, request, context, token)


async def _begun(view: Endpoint, request: Request, context: Context, token: str) -> Response:
    """Begin an operation; one whose document is wrong is refused by status, as a request that is."""
    reservation = view.reservations.of(token, context.caller)
    view.budget.check(context.caller)
    asked = await read_request(request)
    identity = _identity(asked.operation_id)
    reservation.check(identity)
    asked = await view.ready(request, asked, context)
    errors = view.documents.read(asked.query or "", context.viewer).errors
    if errors:
        return refused(*told_errors(errors))
    # It may have been given up meanwhile.
    reservation = view.reservations.of(token, context.caller)
    allowed = {OperationType.QUERY, OperationType.SUBSCRIPTION}
    if not is_get(request):
        allowed.add(OperationType.MUTATION)
    view.reservations.begin(reservation, identity, view.answers(asked, context, allowed))
    return Response(status_code=202)


def _token(request: Request) -> str | None:
    token = request.headers.get(HEADER)
    if token is None and request.scope["query_string"]:
        token = request.query_params.get(PARAMETER)
    return token


def _identity(given: object) -> str:
    if isinstance(given, str) and 0 < len(given) <= _LONGEST:
        return given
    told = f"Name the operation by an {OPERATION_ID} of up to {_LONGEST} characters"
    raise UnreadableRequestError(told, f"请以不超过 {_LONGEST} 个字符的 {OPERATION_ID} 标明操作")
