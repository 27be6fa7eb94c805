"""A client of graphql-transport-ws over a real WebSocket."""

from __future__ import annotations

import contextlib
import itertools
import json
import socket
from collections.abc import Iterator, Mapping
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.support.serving import Client

Message = dict[str, Any]

PATIENCE_SECONDS = 10.0


class Socket:
    """A connection that has been acknowledged."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self._ids = (f"operation {number}" for number in itertools.count())

    def send(self, message: object) -> None:
        """Send a message, whatever it is."""
        self.connection.send(json.dumps(message))

    def receive(self, seconds: float = PATIENCE_SECONDS) -> Message:
        """Return the next message, which is text; raises TimeoutError when none comes."""
        text = self.connection.recv(timeout=seconds)
        assert isinstance(text, str)
        message: Message = json.loads(text)
        return message

    def subscribe(self, query: str, variables: Mapping[str, object] | None = None) -> str:
        """Begin an operation and return its id."""
        operation = next(self._ids)
        self.send({"id": operation, "type": "subscribe", "payload": {"query": query, "variables": variables}})
        return operation

    def take(self, count: int) -> list[Any]:
        """Return the data of so many results."""
        messages = [self.receive() for _ in range(count)]
        assert all(message["type"] == "next" and "errors" not in message["payload"] for message in messages)
        return [message["payload"]["data"] for message in messages]


@contextlib.contextmanager
def connected(
    client: Client, *, parameters: Mapping[str, object] | None = None, receive_buffer: int | None = None
) -> Iterator[Socket]:
    """Connect as ``client``, signing in by the connection's parameters as a browser does."""
    if parameters is None:
        parameters = {} if client.token is None else {"Authorization": f"Bearer {client.token}"}
    with opened(client, receive_buffer=receive_buffer) as connection:
        found = Socket(connection)
        found.send({"type": "connection_init", "payload": parameters})
        assert found.receive()["type"] == "connection_ack"
        yield found


@contextlib.contextmanager
def opened(
    client: Client, *, receive_buffer: int | None = None, origin: str | None = None
) -> Iterator[ClientConnection]:
    """Open a WebSocket and say nothing yet."""
    host, _, port = client.url.removeprefix("http://").partition(":")
    plain = socket.socket()
    if receive_buffer is not None:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    plain.connect((host, int(port)))
    with connect(
        client.socket_url,
        sock=plain,
        subprotocols=["graphql-transport-ws"],  # type: ignore[list-item]  # a str, of a type that only annotates
        origin=origin,  # type: ignore[arg-type]  # a str, of a type that only annotates
        max_queue=1,
        close_timeout=0.2,
        compression=None,
        proxy=None,
    ) as connection:
        yield connection
