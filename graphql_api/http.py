"""GraphQL over HTTP and WebSocket (GraphQL 传输)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import orjson
import structlog
from graphql import GraphQLError
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult
from strawberry.types.unset import UNSET, UnsetType

from graphql_api.access import ANYBODY, Viewer
from graphql_api.context import Context, Services
from graphql_api.tokens import Tokens
from registry.time import Clock, civil_date

_RESPONSE_TYPE = "application/graphql-response+json"
_log = structlog.get_logger(__name__)


class Endpoint(GraphQL[Context, None]):
    """The GraphQL endpoint: planned answers are passed on as they are, request errors are told by status."""

    def __init__(self, schema: Any, services: Callable[[], Services], tokens: Callable[[], Tokens], clock: Clock) -> None:
        """Serve ``schema``; ``services`` and ``tokens`` are there once the application has started."""
        super().__init__(
            schema,
            graphql_ide=None,
            allow_queries_via_get=False,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
        )
        self._services = services
        self._tokens = tokens
        self._clock = clock

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        """Say who asks, on which day; the day is computed once and holds for the whole request."""
        del response
        return Context(
            viewer=await self._viewer(request),
            today=civil_date(self._clock.now()),
            request_id=str(request.scope.get("state", {}).get("request_id") or uuid4()),
            services=self._services(),
        )

    async def _viewer(self, request: HTTPConnection) -> Viewer:
        return await self._signed_in(request.headers.get("authorization")) or ANYBODY

    async def _signed_in(self, authorization: object) -> Viewer | None:
        if not isinstance(authorization, str):
            return None
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            return None
        return await self._tokens().viewer(token.strip())

    async def on_ws_connect(self, context: Context) -> UnsetType | dict[str, object] | None:
        """Let a browser sign in by the connection's parameters: it cannot set headers on a WebSocket."""
        parameters = context.connection_params
        if isinstance(parameters, Mapping):
            given = parameters.get("Authorization") or parameters.get("authorization")
            context.viewer = await self._signed_in(given) or context.viewer
        return UNSET

    async def get_sub_response(self, request: Request | WebSocket) -> Response:
        """Remember which media type the client asked for."""
        response = await super().get_sub_response(request)
        accepted = request.headers.get("accept", "")
        response.media_type = _RESPONSE_TYPE if _RESPONSE_TYPE in accepted else "application/json"
        return response

    async def process_result(self, request: Request, result: ExecutionResult) -> GraphQLHTTPResponse:
        """Log what went wrong inside, and tell the client an id instead."""
        del request
        answer: dict[str, Any] = {}
        if result.errors:
            answer["errors"] = [_formatted(error) for error in result.errors]
        # The request itself was wrong when nothing was executed: then there is no data, not even null.
        if result.data is not None or not result.errors or any(error.path for error in result.errors):
            answer["data"] = result.data
        if result.extensions:
            answer["extensions"] = result.extensions
        return answer  # type: ignore[return-value]  # "data" is left out of request errors, as the draft asks

    def create_response(self, response_data: Any, sub_response: Response) -> Response:
        """Encode the answer; by the newer media type a request error has status 400."""
        media_type = sub_response.media_type or "application/json"
        wrong = isinstance(response_data, Mapping) and "data" not in response_data
        status = 400 if wrong and media_type == _RESPONSE_TYPE else 200
        response = Response(orjson.dumps(response_data), status_code=status, media_type=f"{media_type}; charset=utf-8")
        response.headers.raw.extend(sub_response.headers.raw)
        return response

    def encode_json(self, data: object) -> str:
        """Encode a WebSocket message as text: real clients do not read binary frames."""
        return orjson.dumps(data, default=str).decode()


def _formatted(error: GraphQLError) -> dict[str, Any]:
    """Return an error for the client; what is not an answer of ours is logged and masked."""
    original = error.original_error
    if original is None or isinstance(original, GraphQLError):
        return dict(error.formatted)
    identity = str(uuid4())
    _log.error("internal error", error_id=identity, exc_info=original)
    return {
        "message": f"Internal error {identity}.",
        "locations": error.formatted.get("locations"),
        "path": error.path,
        "extensions": {
            "code": "INTERNAL",
            "messageZh": f"系统内部错误 {identity}。",
            "advice": "Report the id.",
            "adviceZh": "请报告该编号。",
        },
    }
