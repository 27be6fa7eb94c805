"""GraphQL over WebSocket, by the protocol graphql-transport-ws (订阅传输)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

import msgspec
import structlog
from graphql import GraphQLError
from strawberry.http.exceptions import WebSocketDisconnected
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    BaseGraphQLTransportWSHandler,
    Operation,
)
from strawberry.subscriptions.protocols.graphql_transport_ws.types import Message

from graphql_api.asked import MIN_POSITION
from graphql_api.context import Context
from graphql_api.position import reached
from graphql_api.problems import Problem, problem

if TYPE_CHECKING:
    from graphql_api.http import Endpoint

SLOW_READER = 1013
"""The code by which somebody is hung up on who does not read: to be tried again later."""

_log = structlog.get_logger(__name__)


class _Payload(msgspec.Struct):
    """What a client asks."""

    query: str | None = None
    documentId: str | None = None  # noqa: N815 - the protocol's name
    variables: dict[str, Any] | None = None
    operationName: str | None = None  # noqa: N815 - the protocol's name
    extensions: dict[str, Any] | None = None


class _Message(msgspec.Struct, tag_field="type", omit_defaults=True):
    """A message of the protocol."""


class _Init(_Message, tag="connection_init"):
    payload: Any = msgspec.UNSET


class _Ping(_Message, tag="ping"):
    payload: Any = msgspec.UNSET


class _Pong(_Message, tag="pong"):
    payload: Any = msgspec.UNSET


class _Subscribe(_Message, tag="subscribe"):
    id: str
    payload: _Payload


class _Complete(_Message, tag="complete"):
    id: str


_MESSAGE: Any = _Init | _Ping | _Pong | _Subscribe | _Complete


class Socket(BaseGraphQLTransportWSHandler[Context, None]):
    """A WebSocket whose messages are looked at before they are believed to be messages of the protocol.

    Each message to the client waits for room on its connection, so a subscriber who does not read is not
    read for, and hung up on (1013) after a while: it comes back with the position that it saw last.
    """

    view: Endpoint

    async def handle_message(self, message: Message) -> None:
        """Handle one message, or close the connection for what is none (4400)."""
        try:
            known = msgspec.convert(message, _MESSAGE)
        except msgspec.ValidationError:
            await self.handle_invalid_message("Not a message of graphql-transport-ws")
            return
        if isinstance(known, _Subscribe) and self.connection_acknowledged:
            await self._subscribe(known)
            return
        # The stock handler takes a payload of null for a payload that is no object.
        await super().handle_message(cast("Message", _given(msgspec.to_builtins(known))))

    async def _subscribe(self, message: _Subscribe) -> None:
        """Begin an operation, if the caller has not begun too many and its document is known."""
        if message.id in self.operations:
            await self.websocket.close(4409, f"Subscriber for {message.id[:50]} already exists")
            return
        streams, caller, payload = self.view.streams, self.context.caller, message.payload
        try:
            if len(self.operations) >= self.view.patience.operations_per_socket:
                raise problem(Problem.TOO_MANY_STREAMS, limit=self.view.patience.operations_per_socket)
            query = payload.query
            if payload.documentId is not None:
                query = self.view.documents.named(payload.documentId)
            if query is None or (payload.query is not None and payload.documentId is not None):
                await self.handle_invalid_message("Give either a query or a documentId")
                return
            streams.enter(caller)
        except GraphQLError as error:
            refused = {"id": message.id, "type": "error", "payload": [error.formatted]}
            await self.send_message(cast("Message", refused))
            return
        operation = Operation(self, message.id, query, payload.variables, payload.operationName)
        position = (payload.extensions or {}).get(MIN_POSITION)
        task = asyncio.create_task(self._run(operation, position))
        operation.task = task
        task.add_done_callback(self._task_done)
        task.add_done_callback(lambda _: streams.leave(caller))
        self.operations[message.id] = operation

    async def _run(self, operation: Operation[Context, None], position: object) -> None:
        """Run an operation once the log has come as far as its sender saw."""
        try:
            await reached(self.context.services, self.view.patience, position)
        except GraphQLError as error:
            refused = {"id": operation.id, "type": "error", "payload": [error.formatted]}
            self.operations.pop(operation.id, None)
            await self.send_message(cast("Message", refused))
            return
        await self.run_operation(operation)

    async def send_message(self, message: Message) -> None:
        """Send a message, or hang up on whoever has not read the ones before for too long."""
        try:
            async with asyncio.timeout(self.view.patience.slow_reader_seconds):
                await super().send_message(message)
        except TimeoutError:
            await self._hang_up()

    async def handle_task_exception(self, error: Exception) -> None:
        """Log what went wrong in an operation; that a client has left is nothing wrong."""
        if not isinstance(error, WebSocketDisconnected):
            await super().handle_task_exception(error)

    async def _hang_up(self) -> None:
        current = asyncio.current_task()
        tasks = {identity: operation.task for identity, operation in self.operations.items()}
        _log.warning("a slow reader was dropped", operations=len(tasks))
        for identity, task in tasks.items():
            if task is not current:
                await self.cleanup_operation(identity)
        await self.websocket.close(SLOW_READER, "Read faster, or come back with your last position")
        if current is not None and current in tasks.values():
            # Nothing is left to be sent: the operation ends here.
            current.cancel()
            await asyncio.sleep(0)


def _given(message: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name != "payload" or value is not None}
