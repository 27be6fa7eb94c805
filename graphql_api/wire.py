"""Connections as they come from whoever likes (连接协议): none may wait, or be waited for, without end.

The stock protocols of the server read headers of any length for any time, keep an answer for whoever does
not read it, and answer pings into a buffer that nobody empties.
"""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
from uvicorn._types import ASGISendEvent
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from graphql_api.body import BODY_BYTES, HEADER_BYTES
from graphql_api.problems import Problem, problem

SENDING_SECONDS = 30.0
"""How long a request may take to arrive, but for files: a slow line brings 200 kB in that time."""

UNREAD_SECONDS = 30.0
"""How long an answer, or what was sent before a connection closed, may wait while none of it is read."""

_PIPELINED = 16
"""Requests that wait on one connection for the one before to be answered."""

_PARTS = BODY_BYTES // 100
"""Frames of one message: more are no message but an attempt to fill the memory with empty ones."""

_SLACK = 4_096
_TOO_BIG = 1009
_STATUS = {
    400: b"HTTP/1.1 400 Bad Request\r\n",
    408: b"HTTP/1.1 408 Request Timeout\r\n",
    431: b"HTTP/1.1 431 Request Header Fields Too Large\r\n",
}


class HttpProtocol(HttpToolsProtocol):
    """HTTP with a time by which headers are there and answers are read, and a length of headers."""

    _arriving: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None
    _waiting = 0
    _head = 0
    _in_head = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn does
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._arriving = self.loop.call_later(SENDING_SECONDS, self._too_slow)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._stop(self._arriving, self._unread)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read, unless headers have no end."""
        self._head += len(data)
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._in_head and self._head > HEADER_BYTES + _SLACK:
            self._refuse(431, Problem.HEADERS_TOO_LONG, bytes=HEADER_BYTES)
        elif self._arriving is None and self._is_idle():
            # What is no request yet, or the rest of one that is answered, keeps a connection open no longer.
            self._arriving = self.loop.call_later(SENDING_SECONDS, self._too_slow)

    def on_message_begin(self) -> None:
        """Begin to wait for the rest of the headers."""
        super().on_message_begin()
        self._head, self._in_head = 0, True
        if self._arriving is None:
            self._arriving = self.loop.call_later(SENDING_SECONDS, self._too_slow)

    def on_headers_complete(self) -> None:
        """Begin to answer, unless too many requests wait for that."""
        self._stop(self._arriving)
        self._arriving, self._in_head = None, False
        if len(self.pipeline) >= _PIPELINED:
            # What this raises, the parser takes for a request that is none: it is refused, and hung up on.
            message = "too many requests wait on one connection"
            raise ValueError(message)
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request of HTTP, in words."""
        self._refuse(400, Problem.INVALID_REQUEST, problem=msg.rstrip("."), chinese="HTTP 请求有误")

    def pause_writing(self) -> None:
        """Begin to wait for the answer to be read."""
        super().pause_writing()
        self._watch()

    def resume_writing(self) -> None:
        """Go on: what was sent is read."""
        super().resume_writing()
        self._stop(self._unread)
        self._unread = None

    def timeout_keep_alive_handler(self) -> None:
        """Hang up on whoever asks no more, and give up what they do not read."""
        super().timeout_keep_alive_handler()
        if self.transport.get_write_buffer_size():
            self.loop.call_later(UNREAD_SECONDS, self.transport.abort)

    def _watch(self) -> None:
        self._waiting = self.transport.get_write_buffer_size()
        self._unread = self.loop.call_later(UNREAD_SECONDS, self._still_unread)

    def _still_unread(self) -> None:
        if self.transport.get_write_buffer_size() >= self._waiting:
            self.transport.abort()
        else:
            self._watch()

    def _too_slow(self) -> None:
        self._arriving = None
        if self.transport.is_closing():
            return
        if not self._in_head:
            # Whoever said nothing is told nothing.
            self.transport.close()
            return
        self._refuse(408, Problem.TOO_SLOW, seconds=int(SENDING_SECONDS))

    def _refuse(self, status: int, code: Problem, **details: object) -> None:
        content = orjson.dumps({"errors": [problem(code, None, **details).formatted]})
        head = b"content-type: application/json\r\ncontent-length: %d\r\nconnection: close\r\n\r\n"
        self.transport.write(_STATUS[status] + head % len(content) + content)
        self.transport.close()
        if not self._is_idle():
            # Whoever is being answered meanwhile has hung up, as far as the answer is concerned.
            self.cycle.disconnected = True
            self.cycle.message_event.set()

    def _is_idle(self) -> bool:
        """Say whether nobody is being answered."""
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is None or cycle.response_complete

    @staticmethod
    def _stop(*timers: asyncio.TimerHandle | None) -> None:
        for timer in timers:
            if timer is not None:
                timer.cancel()


class SocketProtocol(WebSocketsSansIOProtocol):
    """A WebSocket that can be closed although its client does not read, and that is not filled meanwhile.

    The stock protocol lets a message wait until there is room; for the last one there always is. What is
    still unread when the connection has been closed for a while is given up.
    """

    _held = False

    async def send(self, message: ASGISendEvent) -> None:
        """Send a message, or close."""
        if message["type"] == "websocket.close" and not self.writable.is_set():
            self._give_up_later()
            self.writable.set()
        await super().send(message)

    def handle_ping(self) -> None:
        """Answer, and read no further from whoever does not read the answers."""
        super().handle_ping()
        if not self.writable.is_set() and not self._held:
            self._held = True
            self.transport.pause_reading()

    def resume_writing(self) -> None:
        """Go on: what was sent is read."""
        super().resume_writing()
        if self._held:
            self._held = False
            if not self.read_paused:
                self.transport.resume_reading()

    def handle_cont(self, event: Frame) -> None:
        """Take a part of a message, if it does not come in more parts than it can need."""
        if len(self.frames) >= _PARTS:
            self.conn.fail(_TOO_BIG, "too many frames")
            self.handle_parser_exception()
            return
        super().handle_cont(event)

    def keepalive_timeout(self) -> None:
        """Hang up on whoever does not answer, and give up what they do not read."""
        super().keepalive_timeout()
        self._give_up_later()

    def _give_up_later(self) -> None:
        self.loop.call_later(UNREAD_SECONDS, self.transport.abort)


PROTOCOLS: dict[str, Any] = {"http": HttpProtocol, "ws": SocketProtocol}
"""The protocols as the server's options name them."""
