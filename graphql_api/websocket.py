"""GraphQL over WebSocket, by the protocol graphql-transport-ws (订阅传输)."""

from __future__ import annotations

from typing import Any, cast

import msgspec
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.subscriptions.protocols.graphql_transport_ws.types import Message

from graphql_api.context import Context


class _Payload(msgspec.Struct):
    """What a client asks."""

    query: str
    variables: dict[str, Any] | None = None
    operationName: str | None = None  # noqa: N815 - the protocol's name


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
    read for.
    """

    async def handle_message(self, message: Message) -> None:
        """Handle one message, or close the connection for what is none (4400)."""
        try:
            known = msgspec.convert(message, _MESSAGE)
        except msgspec.ValidationError:
            await self.handle_invalid_message("Not a message of graphql-transport-ws")
            return
        # The stock handler takes a payload of null for a payload that is no object.
        await super().handle_message(cast("Message", _given(msgspec.to_builtins(known))))


def _given(message: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name != "payload" or value is not None}
