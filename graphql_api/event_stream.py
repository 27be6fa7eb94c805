"""Server-sent events (服务器推送): one message after another, each when the last one has been taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress

import structlog
from starlette.types import Message, Receive, Scope, Send

from graphql_api.streams import Patience, Streams

_log = structlog.get_logger(__name__)

_HEADERS = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
)
"""A proxy that gathers an answer before it passes it on would hold events back."""

KEEP_ALIVE = b":\n\n"


def event(name: str | None, data: bytes | None = b"", identity: str | None = None) -> bytes:
    """Return an event as it is sent; ``data`` is JSON, in which a line's end means no more than a blank.

    One without ``data`` reaches nobody, but its ``identity`` is what the client comes back with.
    """
    lines: list[bytes] = []
    if name is not None:
        lines.append(b"event: " + name.encode())
    if identity is not None:
        lines.append(b"id: " + identity.encode())
    if data is not None:
        lines.append(b"data: " + data.replace(b"\n", b" ").replace(b"\r", b" "))
    return b"\n".join(lines) + b"\n\n"


class _SlowReaderError(Exception):
    """Whoever follows does not read."""


class EventStream:
    """The response that sends ``messages`` until they end or nobody listens any more.

    A message is asked for when the one before has left, so nothing gathers here. Who does not read for a
    while is hung up on: a client comes back with what it saw last.
    """

    def __init__(
        self, messages: AsyncGenerator[bytes, None], caller: str, streams: Streams, patience: Patience
    ) -> None:
        """Send ``messages`` to ``caller``, whose stream is counted among ``streams`` already."""
        self._messages = messages
        self._caller = caller
        self._streams = streams
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send everything."""
        try:
            sending = asyncio.create_task(self._send(send))
            leaving = asyncio.create_task(_gone(receive))
            try:
                await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in (sending, leaving):
                    task.cancel()
                    with suppress(asyncio.CancelledError, _SlowReaderError):
                        await task
        finally:
            self._streams.leave(self._caller)
        if sending.done() and not sending.cancelled() and sending.exception() is not None:
            _log.warning("a slow reader was dropped", path=scope["path"])

    async def _send(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": list(_HEADERS)})
        # The headers leave with the first bytes: whoever connects knows at once that it is connected.
        await self._one(send, KEEP_ALIVE)
        async with aclosing(self._messages):
            upcoming: asyncio.Task[bytes | None] | None = None
            try:
                while True:
                    upcoming = upcoming or asyncio.create_task(_next(self._messages))
                    done, _ = await asyncio.wait({upcoming}, timeout=self._patience.keep_alive_seconds)
                    if not done:
                        await self._one(send, KEEP_ALIVE)
                        continue
                    message, upcoming = upcoming.result(), None
                    if message is None:
                        break
                    await self._one(send, message)
            finally:
                if upcoming is not None:
                    upcoming.cancel()
                    with suppress(asyncio.CancelledError):
                        await upcoming
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _one(self, send: Send, message: bytes) -> None:
        try:
            async with asyncio.timeout(self._patience.slow_reader_seconds):
                await send({"type": "http.response.body", "body": message, "more_body": True})
        except TimeoutError as error:
            raise _SlowReaderError from error


async def _next(messages: AsyncGenerator[bytes, None]) -> bytes | None:
    """Return the next message; None when there is none."""
    return await anext(messages, None)


async def _gone(receive: Receive) -> None:
    """Return when the client has hung up."""
    message: Message = {"type": "http.request"}
    while message["type"] != "http.disconnect":
        message = await receive()
