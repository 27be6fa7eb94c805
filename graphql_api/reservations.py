"""Streams that carry the results of several operations (合流订阅): reserved, then opened, once each.

What is told waits until whoever follows has taken the message before: an operation goes on no faster than it
is read, and nothing gathers here.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.types import ASGIApp, Receive, Scope, Send

from graphql_api.event_stream import EventStream, event
from graphql_api.masking import told_errors
from graphql_api.problems import Problem, problem
from graphql_api.streams import Patience, Streams

Answers = AsyncGenerator[Mapping[str, Any], None]
"""What an operation is answered, one result after another."""

_BYTES = 32


class _Operation:
    """An operation under way; what it still had to tell is nobody's any more once it is ``over``."""

    def __init__(self) -> None:
        self.over = False
        self.task: asyncio.Task[None] | None = None


class Reservation:
    """One caller's stream: nobody else may open it, begin an operation on it or end one (预约)."""

    def __init__(self, caller: str, streams: Streams, patience: Patience) -> None:
        """Reserve for ``caller``, whose stream is counted among ``streams`` already."""
        self.caller = caller
        self.is_open = False
        self._streams = streams
        self._most = patience.operations_per_socket
        self._operations: dict[str, _Operation] = {}
        self._told: asyncio.Queue[tuple[_Operation, bytes]] = asyncio.Queue(1)

    def check(self, identity: str) -> None:
        """Raise GraphQLError when no operation can be begun under that id."""
        if identity in self._operations:
            raise problem(Problem.OPERATION_UNDER_WAY, id=identity)
        if len(self._operations) >= self._most:
            raise problem(Problem.TOO_MANY_STREAMS, limit=self._most)

    def begin(self, identity: str, answers: Answers) -> asyncio.Task[None]:
        """Begin an operation, whose ``answers`` are told under its id; raises GraphQLError."""
        self.check(identity)
        self._streams.enter(self.caller)
        operation = self._operations[identity] = _Operation()
        operation.task = task = asyncio.create_task(self._run(identity, operation, answers))
        task.add_done_callback(lambda _: self._streams.leave(self.caller))
        return task

    def end(self, identity: str) -> None:
        """End an operation, of which nothing more is told; one that is over already is none."""
        operation = self._operations.pop(identity, None)
        if operation is not None and operation.task is not None:
            operation.over = True
            operation.task.cancel()

    def end_all(self) -> None:
        """End every operation."""
        for identity in tuple(self._operations):
            self.end(identity)

    async def messages(self) -> AsyncGenerator[bytes, None]:
        """Yield what the operations tell, for as long as anybody listens."""
        while True:
            operation, message = await self._told.get()
            if not operation.over:
                yield message

    async def _run(self, identity: str, operation: _Operation, answers: Answers) -> None:
        try:
            async with aclosing(answers):
                async for answer in answers:
                    await self._tell(operation, "next", {"id": identity, "payload": answer})
        except Exception as error:  # noqa: BLE001 - whatever it is: it is told, and the others go on
            masked = told_errors([GraphQLError("", original_error=error)])
            payload = {"errors": [each.formatted for each in masked]}
            await self._tell(operation, "next", {"id": identity, "payload": payload})
        await self._tell(operation, "complete", {"id": identity})
        if self._operations.get(identity) is operation:
            del self._operations[identity]

    async def _tell(self, operation: _Operation, name: str, data: Mapping[str, Any]) -> None:
        await self._told.put((operation, event(name, orjson.dumps(data))))


class Reservations:
    """The streams that are reserved or open in this process."""

    def __init__(self, streams: Streams, patience: Patience) -> None:
        """Count streams and operations among ``streams``.

        Requests for one stream have to meet in one process: where there are more, nothing is reserved.
        """
        self._streams = streams
        self._patience = patience
        self._reserved: dict[str, Reservation] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def reserve(self, caller: str) -> str:
        """Return the token of a new stream, to be opened soon; raises GraphQLError for one too many."""
        if not self._patience.alone:
            raise problem(Problem.SEVERAL_PROCESSES)
        self._streams.enter(caller)
        token = secrets.token_urlsafe(_BYTES)
        self._reserved[token] = Reservation(caller, self._streams, self._patience)
        asyncio.get_running_loop().call_later(self._patience.init_seconds, self._expire, token)
        return token

    def of(self, token: str, caller: str) -> Reservation:
        """Return the stream of a token; raises GraphQLError for one that is nobody's, or not ``caller``'s."""
        found = self._reserved.get(token)
        if found is None or found.caller != caller:
            raise problem(Problem.UNKNOWN_STREAM)
        return found

    def opened(self, token: str, caller: str) -> ASGIApp:
        """Return the response that is the stream, until either side ends it; raises GraphQLError."""
        reservation = self.of(token, caller)
        if reservation.is_open:
            raise problem(Problem.STREAM_OPEN)
        reservation.is_open = True
        stream = EventStream(reservation.messages(), caller, self._streams, self._patience)

        async def told(scope: Scope, receive: Receive, send: Send) -> None:
            try:
                await stream(scope, receive, send)
            finally:
                self._forget(token)

        return told

    def begin(self, reservation: Reservation, identity: str, answers: Answers) -> None:
        """Begin an operation on a stream; raises GraphQLError."""
        task = reservation.begin(identity, answers)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """End everything."""
        for token in tuple(self._reserved):
            self._forget(token)
        if self._tasks:
            await asyncio.wait(tuple(self._tasks))

    def __len__(self) -> int:
        """Return how many streams are reserved or open."""
        return len(self._reserved)

    def _expire(self, token: str) -> None:
        """Give up a stream that nobody opened."""
        reservation = self._reserved.get(token)
        if reservation is not None and not reservation.is_open:
            self._forget(token)
            self._streams.leave(reservation.caller)

    def _forget(self, token: str) -> None:
        reservation = self._reserved.pop(token, None)
        if reservation is not None:
            reservation.end_all()
