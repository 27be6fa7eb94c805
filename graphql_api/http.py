"""GraphQL over HTTP (GraphQL 传输)."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from datetime import timedelta
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types.execution import ExecutionResult
from strawberry.types.graphql import OperationType
from strawberry.types.unset import UNSET, UnsetType

from graphql_api.accepted import EVENTS, RESPONSE, answer_type
from graphql_api.access import ANYBODY
from graphql_api.asked import Asked, UnreadableRequestError, is_get, read_request
from graphql_api.body import refused
from graphql_api.budget import BudgetSpentError
from graphql_api.callers import Front, address_of, context_of
from graphql_api.context import Answered, Context, Services
from graphql_api.event_stream import EventStream, event
from graphql_api.execution import core_of
from graphql_api.intake import Intake, admit
from graphql_api.keeping import Keeping, kept_how
from graphql_api.masking import is_ours, told_errors
from graphql_api.position import awaited, head_of, remember
from graphql_api.problems import Problem, problem
from graphql_api.reservations import Reservations
from graphql_api.responses import NO_STORE, compressed, entity_tag, is_known
from graphql_api.schema import Schema
from graphql_api.single_connection import answer, is_single
from graphql_api.streams import Patience, Streams
from graphql_api.uploads import asked_with_file, is_form
from graphql_api.websocket import Socket

PATH = "/graphql"

_REFUSED, _TRY_AGAIN = 4403, 1013
"""Codes by which a WebSocket is closed whose sender may not be told, or cannot be just now."""

_BY_GET = {OperationType.QUERY}
_BY_POST = {OperationType.QUERY, OperationType.MUTATION}


class Endpoint(GraphQL[Context, None]):
    """The GraphQL endpoint: planned answers are passed on as they are, request errors are told by status.

    By POST JSON is taken, which a page of another origin cannot send without asking first, and from whoever
    may import a form with a file, which it can: none that a browser says another site made it send. By GET
    only queries are answered, under the same condition. One operation at a time.
    """

    graphql_transport_ws_handler_class = Socket

    def __init__(
        self,
        schema: Schema,
        services: Callable[[], Services],
        front: Front,
        patience: Patience = Patience(),  # noqa: B008 - a default that nobody can change
        intake: Intake | None = None,
    ) -> None:
        """Serve ``schema``; ``services`` are there once the application has started.

        Files are taken where there is an ``intake`` for them.
        """
        super().__init__(
            schema,
            graphql_ide=None,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            connection_init_wait_timeout=timedelta(seconds=patience.init_seconds),
            max_subscriptions_per_connection=patience.operations_per_socket,
        )
        self._services = services
        self._front = front
        self._intake = intake
        self.documents = schema.documents
        self.budget = schema.budget
        self.patience = patience
        self.streams = Streams(patience.streams_per_caller)
        self.reservations = Reservations(self.streams, patience)
        self._sockets = Streams(patience.sockets_per_address)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or one WebSocket for its whole life."""
        if scope["type"] == "http":
            request = Request(scope, receive)
            await (await self._answer(request))(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        try:
            # Looked at before the connection is accepted: closed now, it was refused by 403.
            self._front.session(connection)
            with self._sockets.one(address_of(connection)):
                await super().__call__(scope, receive, send)
        except GraphQLError as error:
            code = _TRY_AGAIN if is_ours(error) else _REFUSED
            await send({"type": "websocket.close", "code": code, "reason": ""})

    async def _answer(self, request: Request) -> ASGIApp:
        try:
            if self._intake is not None and is_form(request):
                return await self._with_file(request, self._intake)
            if is_single(request):
                return await self._over_one_connection(request)
            asked = await read_request(request)
            if is_get(request) and self._front.is_elsewhere(request):
                raise problem(Problem.CROSS_SITE)
            context = await context_of(request, self._services, self._front)
            asked = await self.ready(request, asked, context)
            if answer_type(request.headers.get("accept", "")) == EVENTS:
                return self._stream(request, asked, context)
            return await self._single(request, asked, context)
        except UnreadableRequestError as error:
            problems = problem(Problem.INVALID_REQUEST, problem=str(error), chinese=error.chinese)
            return refused(problems, media_type=_media_type(request))
        except GraphQLError as error:
            # Problems with the question are part of its answer: this one is about the request, or who asks.
            return refused(error, media_type=_media_type(request))

    async def _over_one_connection(self, request: Request) -> ASGIApp:
        if self._front.is_elsewhere(request):
            raise problem(Problem.CROSS_SITE)
        return await answer(self, request, await context_of(request, self._services, self._front))

    async def ready(self, request: Request, asked: Asked, context: Context) -> Asked:
        """Return what is asked with its document, once the log has come as far as it wants."""
        await awaited(request, context.services, self.patience, self._front, asked.min_position)
        if asked.document_id is None:
            return asked
        return asked.naming(self.documents.named(asked.document_id))

    async def _with_file(self, request: Request, intake: Intake) -> Response:
        """Answer an operation that comes with a file; of nobody's form a byte is read who may not import."""
        if self._front.is_elsewhere(request):
            raise problem(Problem.CROSS_SITE)
        context = await context_of(request, self._services, self._front)
        admit(context, "Mutation.importFile")
        if answer_type(request.headers.get("accept", "")) == EVENTS:
            told = "An operation with a file is answered in one piece"
            raise problem(Problem.INVALID_UPLOAD, problem=told, chinese="携带文件的请求一次给出答复")
        async with intake.alone() as context.importer, asked_with_file(request) as asked:
            return await self._single(request, await self.ready(request, asked, context), context)

    async def _single(self, request: Request, asked: Asked, context: Context) -> Response:
        """Answer an operation at once."""
        by_name = is_get(request) and asked.document_id is not None
        context.answered = answered = Answered(await head_of(context.services) if by_name else None)
        try:
            result = await self.schema.execute(
                asked.query,
                asked.variables,
                context,
                operation_name=asked.operation_name,
                allowed_operation_types=_BY_GET if is_get(request) else _BY_POST,
            )
        except CannotGetOperationTypeError as error:
            raise problem(Problem.INVALID_DOCUMENT, problem="There is no such operation.") from error
        except InvalidOperationTypeError as error:
            if error.operation_type is OperationType.SUBSCRIPTION:
                told = "A subscription is followed over a WebSocket, or with Accept: text/event-stream"
                raise UnreadableRequestError(told, "订阅须使用 WebSocket 或 text/event-stream") from error
            raise problem(Problem.METHOD_NOT_ALLOWED, method=request.method) from error
        keeping = None
        if by_name and not result.errors:
            keeping = kept_how(core_of(self.schema), context)
        response = _told(request, result, keeping, answered.left)
        remember(request, response, self._front)
        return response

    def _stream(self, request: Request, asked: Asked, context: Context) -> ASGIApp:
        """Answer an operation by events: one for each result, and one when there are no more."""
        self.streams.enter(context.caller)
        allowed = _BY_GET if is_get(request) else _BY_POST
        messages = self._events(asked, context, {*allowed, OperationType.SUBSCRIPTION})
        return EventStream(messages, context.caller, self.streams, self.patience)

    async def _events(
        self, asked: Asked, context: Context, allowed: set[OperationType]
    ) -> AsyncGenerator[bytes, None]:
        async with aclosing(self.answers(asked, context, allowed)) as answers:
            async for each in answers:
                yield event("next", orjson.dumps(each))
        yield event("complete")

    async def answers(
        self, asked: Asked, context: Context, allowed: set[OperationType]
    ) -> AsyncGenerator[dict[str, Any], None]:
        """Yield what an operation is answered, one result after another."""
        results: Any = await self.schema.stream(
            asked.query,
            asked.variables,
            context,
            operation_name=asked.operation_name,
            allowed_operation_types=allowed,
        )
        async with aclosing(results):
            async for result in results:
                yield answer_of(result)

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

    def decode_json(self, data: str | bytes) -> object:
        """Decode a WebSocket message strictly, without following endless nesting."""
        return orjson.loads(data)

    def encode_json(self, data: object) -> str:
        """Encode a WebSocket message as text: real clients do not read binary frames."""
        return orjson.dumps(data, default=str).decode()


def answer_of(result: ExecutionResult) -> dict[str, Any]:
    """Return what the client is told, in words of ours; what went wrong inside is logged, told by an id."""
    answer: dict[str, Any] = {}
    errors = told_errors(result.errors or ())
    if errors:
        answer["errors"] = [error.formatted for error in errors]
    # The request itself was wrong when nothing was executed: then there is no data, not even null.
    if result.data is not None or not errors or any(error.path or is_ours(error) for error in errors):
        answer["data"] = result.data
    if result.extensions:
        answer["extensions"] = result.extensions
    return answer


def _told(request: Request, result: ExecutionResult, keeping: Keeping | None, left: int | None) -> Response:
    """Encode the answer; by the newer media type a request error has status 400.

    ``left`` is what the caller may still ask for in this minute, where that was counted.
    """
    limits = {} if left is None else {"ratelimit": f'"minute";r={left};t=60'}
    spent = next((error for error in result.errors or () if isinstance(error, BudgetSpentError)), None)
    media_type = _media_type(request)
    if spent is not None:
        response = refused(spent, media_type=media_type)
        response.headers.update(limits)
        return response
    answer = answer_of(result)
    status = 400 if "data" not in answer and media_type == RESPONSE else 200
    shown = f"{media_type}; charset=utf-8"
    if keeping is None:
        return compressed(request, orjson.dumps(answer), status, {**NO_STORE, **limits}, shown)
    content = orjson.dumps(answer)
    headers = {**keeping.headers, "etag": entity_tag(content), **limits}
    if is_known(request, headers["etag"]):
        return Response(status_code=304, headers=headers)
    return compressed(request, content, status, headers, shown)


def _media_type(request: Request) -> str:
    """Return the type of an answer that is one piece."""
    chosen = answer_type(request.headers.get("accept", ""))
    return "application/json" if chosen == EVENTS else chosen
