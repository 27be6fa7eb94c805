"""GraphQL over HTTP (GraphQL 传输)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import orjson
from cross_web import HTTPException
from graphql import GraphQLError
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http import GraphQLHTTPResponse
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult
from strawberry.types.unset import UNSET, UnsetType

from graphql_api.access import ANYBODY
from graphql_api.body import refusal, refused
from graphql_api.callers import Front, context_of
from graphql_api.context import Context, Services
from graphql_api.masking import is_ours, told_errors
from graphql_api.problems import Problem
from graphql_api.websocket import Socket

_JSON = "application/json"
_RESPONSE_TYPE = "application/graphql-response+json"
_HEADERS = {"cache-control": "no-store"}

_REFUSED, _TRY_AGAIN = 4403, 1013
"""Codes by which a WebSocket is closed whose sender may not be told, or cannot be just now."""

_SUBSCRIPTIONS = 20
"""Operations at a time over one WebSocket."""


class Endpoint(GraphQL[Context, None]):
    """The GraphQL endpoint: planned answers are passed on as they are, request errors are told by status.

    Only JSON is taken, which a page of another origin cannot send without asking first; nothing is taken by
    GET, and one operation at a time.
    """

    graphql_transport_ws_handler_class = Socket

    def __init__(self, schema: Any, services: Callable[[], Services], front: Front) -> None:  # noqa: ANN401 - Strawberry's base class
        """Serve ``schema``; ``services`` are there once the application has started."""
        super().__init__(
            schema,
            graphql_ide=None,
            allow_queries_via_get=False,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            connection_init_wait_timeout=timedelta(seconds=10),
            max_subscriptions_per_connection=_SUBSCRIPTIONS,
        )
        self._services = services
        self._front = front

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or one WebSocket for its whole life."""
        if scope["type"] != "http":
            try:
                # Looked at before the connection is accepted: closed now, it was refused by 403.
                self._front.session(HTTPConnection(scope))
                await super().__call__(scope, receive, send)
            except GraphQLError as error:
                code = _TRY_AGAIN if is_ours(error) else _REFUSED
                await send({"type": "websocket.close", "code": code, "reason": ""})
            return
        request = Request(scope, receive)
        await (await self._answer(request))(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        given = request.headers.get("content-type", "")
        if given.partition(";")[0].strip().lower() != _JSON:
            return refusal(Problem.UNSUPPORTED_MEDIA_TYPE, 415, given=given or "not given (未注明)")
        try:
            return await self.run(request)
        except HTTPException as error:
            reason = error.reason.rstrip(".")
            return refusal(Problem.INVALID_REQUEST, error.status_code, problem=reason, chinese="请求有误")
        except GraphQLError as error:
            # Problems with the question are part of its answer: this one is about who asks.
            return refused(error)

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        """Say who asks."""
        del response
        return await context_of(request, self._services, self._front)

    async def on_ws_connect(self, context: Context) -> UnsetType | dict[str, object] | None:
        """Let a browser sign in by the connection's parameters: it cannot set headers on a WebSocket."""
        parameters = context.connection_params
        given = None
        if isinstance(parameters, Mapping):
            given = parameters.get("Authorization") or parameters.get("authorization")
        if given is not None:
            context.authorization, context.session = given, None
            context.viewer = await context.signed_in()
            if context.viewer is ANYBODY:
                raise ConnectionRejectionError
        nothing_to_add: UnsetType = UNSET
        return nothing_to_add

    async def get_sub_response(self, request: Request | WebSocket) -> Response:
        """Remember which media type the client asked for."""
        response = await super().get_sub_response(request)
        accepted = request.headers.get("accept", "")
        response.media_type = _RESPONSE_TYPE if _RESPONSE_TYPE in accepted else _JSON
        return response

    async def process_result(self, request: Request, result: ExecutionResult) -> GraphQLHTTPResponse:
        """Tell the client of errors in words of ours; what went wrong inside is logged and told by an id."""
        del request
        answer: dict[str, Any] = {}
        errors = told_errors(result.errors or ())
        if errors:
            answer["errors"] = [error.formatted for error in errors]
        # The request itself was wrong when nothing was executed: then there is no data, not even null.
        if result.data is not None or not errors or any(error.path or is_ours(error) for error in errors):
            answer["data"] = result.data
        return answer  # type: ignore[return-value]  # "data" is left out of request errors, as the draft asks

    def create_response(self, response_data: object, sub_response: Response) -> Response:
        """Encode the answer; by the newer media type a request error has status 400."""
        media_type = sub_response.media_type or _JSON
        wrong = isinstance(response_data, Mapping) and "data" not in response_data
        status = 400 if wrong and media_type == _RESPONSE_TYPE else 200
        content = orjson.dumps(response_data)
        return Response(content, status, _HEADERS, f"{media_type}; charset=utf-8")

    def parse_json(self, data: str | bytes) -> object:
        """Return what a request's body holds."""
        parsed = super().parse_json(data)
        if not isinstance(parsed, dict | list):
            raise HTTPException(400, "The body is not a JSON object")
        return parsed

    def decode_json(self, data: str | bytes) -> object:
        """Decode strictly, without following endless nesting."""
        return orjson.loads(data)

    def encode_json(self, data: object) -> str:
        """Encode a WebSocket message as text: real clients do not read binary frames."""
        return orjson.dumps(data, default=str).decode()
