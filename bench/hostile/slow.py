"""WebSockets that follow the whole log and never read (不读取的订阅者)."""

from __future__ import annotations

import base64
import contextlib
import json
import secrets
import socket
import struct
from collections.abc import Iterator

SOCKETS = 5
OPERATIONS = 10
"""Over each, together as many as one caller may follow at a time."""

_BUFFER = 4096
_SUBSCRIPTION = "subscription { events(after: 0) { position topic actor data } }"


@contextlib.contextmanager
def slow_readers(port: int, token: str) -> Iterator[None]:
    """Follow the log over every socket for as long as the context lasts, and read nothing of it."""
    with contextlib.ExitStack() as leaving:
        for _ in range(SOCKETS):
            follower = leaving.enter_context(_opened(port))
            _upgrade(follower, token)
            _send(follower, {"type": "connection_init"})
            assert b"connection_ack" in follower.recv(_BUFFER)
            for number in range(OPERATIONS):
                _send(follower, {"type": "subscribe", "id": str(number), "payload": {"query": _SUBSCRIPTION}})
        yield


def _opened(port: int) -> socket.socket:
    follower = socket.socket()
    # Before it connects: the window that is offered to the server is made of it.
    follower.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
    follower.settimeout(10)
    follower.connect(("127.0.0.1", port))
    return follower


def _upgrade(follower: socket.socket, token: str) -> None:
    key = base64.b64encode(secrets.token_bytes(16)).decode()
    fields = [
        "GET /graphql HTTP/1.1",
        "Host: localhost",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Protocol: graphql-transport-ws",
        f"Authorization: Bearer {token}",
    ]
    follower.sendall(("\r\n".join(fields) + "\r\n\r\n").encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += follower.recv(1)
    assert answer.startswith(b"HTTP/1.1 101"), answer


def _send(follower: socket.socket, message: object) -> None:
    """Send a message in one masked frame of text, as a client must."""
    content, mask = json.dumps(message).encode(), secrets.token_bytes(4)
    masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(content))
    length = (
        struct.pack("!BBH", 0x81, 0xFE, len(content))
        if len(content) > 125
        else struct.pack("!BB", 0x81, 0x80 | len(content))
    )
    follower.sendall(length + mask + masked)
