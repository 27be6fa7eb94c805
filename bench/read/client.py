"""The load generator: one request over and over on keep-alive connections, in a process of its own.

``python -m bench.read.client --port N --in-flight N --seconds S --warm-up S`` reads the bytes of an
HTTP/1.1 request from standard input and prints the summary as JSON. It speaks as much HTTP as the two
servers answer with.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import NamedTuple

import uvloop

from bench.load import Load, Result, press

_HEAD_END = b"\r\n\r\n"

WARM_UP_ANSWERS = 80
"""Answers before the time of the load begins: the first five executions of a prepared statement on each
connection of a server's pool are planned anew, later ones perhaps not, at another speed."""


class UnexpectedAnswerError(Exception):
    """The server answered something else than before, or not with status 200."""


class Connection(NamedTuple):
    """A connection that is kept alive from one request to the next."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def exchange(self, request: bytes) -> bytes:
        """Send a request and return the body of its answer."""
        self.writer.write(request)
        head = await self.reader.readuntil(_HEAD_END)
        return await self.reader.readexactly(body_length(head))


def body_length(head: bytes) -> int:
    """Return the length of the body that follows the ``head`` of an answer."""
    status, *fields = head.removesuffix(_HEAD_END).split(b"\r\n")
    if not status.startswith(b"HTTP/1.1 200"):
        raise UnexpectedAnswerError(status.decode(errors="replace"))
    for field in fields:
        name, _, value = field.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise UnexpectedAnswerError("the answer does not say how long it is")


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Connection]:
    """Give a connection to the server at ``port`` of the loopback."""
    # A buffer that holds a whole answer spares pausing and resuming within one.
    connection = Connection(*await asyncio.open_connection("127.0.0.1", port, limit=2**20))
    try:
        yield connection
    finally:
        connection.writer.close()
        # A server that is gone has closed it, too.
        with suppress(OSError):
            await connection.writer.wait_closed()


async def ask(port: int, request: bytes) -> bytes:
    """Return what the server at ``port`` answers to ``request``, once."""
    async with asyncio.timeout(60), connected(port) as connection:
        return await connection.exchange(request)


async def run(port: int, request: bytes, load: Load) -> tuple[Result, float]:
    """Press the server at ``port`` with ``request``; every answer must be the same, byte for byte.

    The second of what is returned is the share of a core that this process used meanwhile. Takes a minute
    more than the load at most; the first answers come before it.
    """
    async with asyncio.timeout(load.duration + 60), AsyncExitStack() as leaving:
        idle = [await leaving.enter_async_context(connected(port)) for _ in range(load.in_flight)]
        expected = await idle[0].exchange(request)
        answered = 0

        async def ask_again() -> None:
            # As many tasks ask as there are connections, so that one is always idle here.
            connection = idle.pop()
            if await connection.exchange(request) != expected:
                raise UnexpectedAnswerError("the same question got another answer")
            idle.append(connection)

        async def warm_up() -> None:
            # All go on until all are done: a server closes a connection that is idle for some seconds.
            nonlocal answered
            while answered < WARM_UP_ANSWERS:
                await ask_again()
                answered += 1

        async with asyncio.TaskGroup() as lanes:
            for _ in range(load.in_flight):
                lanes.create_task(warm_up())
        processor, started = time.process_time(), time.perf_counter()
        result = await press(ask_again, load)
        used = (time.process_time() - processor) / (time.perf_counter() - started)
        return result, used


def main() -> None:
    """Press a server and print the summary."""
    parser = argparse.ArgumentParser(prog="bench.read.client")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--in-flight", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--warm-up", type=float, required=True)
    arguments = parser.parse_args()
    load = Load(arguments.in_flight, arguments.seconds, arguments.warm_up)
    result, used = uvloop.run(run(arguments.port, sys.stdin.buffer.read(), load))
    json.dump({**result.summary(), "client": used}, sys.stdout)


if __name__ == "__main__":
    main()
