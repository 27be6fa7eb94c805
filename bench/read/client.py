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

from bench.load import Completion, Load, Result

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


async def run(
    port: int, request: bytes, load: Load, warm_up_answers: int = WARM_UP_ANSWERS
) -> tuple[Result, float]:
    """Press the server at ``port`` with ``request``; every answer must be the same, byte for byte.

    The second of what is returned is the share of a core that this process used while it counted. Takes a
    minute and a half more than the load at most.
    """
    async with asyncio.timeout(load.duration + 90), AsyncExitStack() as leaving:
        connections = [await leaving.enter_async_context(connected(port)) for _ in range(load.in_flight)]
        pressing = Pressing(await connections[0].exchange(request), load, warm_up_answers)
        async with asyncio.TaskGroup() as lanes:
            for connection in connections:
                lanes.create_task(pressing.ask(connection, request))
    return pressing.result()


class Pressing:
    """Answers as they come: some warm up, then they count until there are enough of them.

    Enough are all within the seconds of the load, and one for each connection at least: with many in flight
    a slow answer takes longer than those seconds, and what is counted of a shorter time is too fast.
    Everybody asks on without a break from the first to the last; what was still asked at the end is not
    counted.
    """

    def __init__(self, expected: bytes, load: Load, warm_up_answers: int = WARM_UP_ANSWERS) -> None:
        self._expected = expected
        self._load = load
        self._warm_up_answers = warm_up_answers
        self._begun = time.perf_counter()
        self._warm = 0
        self._counted: list[Completion] = []
        self._since: float | None = None
        self._processor = 0.0
        self._used = 0.0
        self._ended = False

    async def ask(self, connection: Connection, request: bytes) -> None:
        """Ask again and again over one connection."""
        while not self._ended:
            before = time.perf_counter()
            if await connection.exchange(request) != self._expected:
                raise UnexpectedAnswerError("the same question got another answer")
            self._take(before, time.perf_counter())

    def _take(self, before: float, after: float) -> None:
        if self._ended:
            return
        if self._since is None:
            self._warm += 1
            if self._warm >= self._warm_up_answers and after >= self._begun + self._load.warm_up:
                self._since, self._processor = after, time.process_time()
            return
        self._counted.append(Completion(after, after - before))
        enough = after >= self._since + self._load.seconds and len(self._counted) >= self._load.in_flight
        if enough:
            self._used = (time.process_time() - self._processor) / (after - self._since)
            self._ended = True

    def result(self) -> tuple[Result, float]:
        """Return what was counted, and the share of a core that it took."""
        assert self._since is not None
        seconds = self._counted[-1].at - self._since
        latencies = [one.latency for one in self._counted]
        return Result(commands=len(latencies), seconds=seconds, latencies=latencies), self._used


def main() -> None:
    """Press a server and print the summary."""
    parser = argparse.ArgumentParser(prog="bench.read.client")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--in-flight", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--warm-up", type=float, required=True)
    parser.add_argument("--warm-up-answers", type=int, default=WARM_UP_ANSWERS)
    arguments = parser.parse_args()
    load = Load(arguments.in_flight, arguments.seconds, arguments.warm_up)
    request = sys.stdin.buffer.read()
    result, used = uvloop.run(run(arguments.port, request, load, arguments.warm_up_answers))
    json.dump({**result.summary(), "client": used}, sys.stdout)


if __name__ == "__main__":
    main()
