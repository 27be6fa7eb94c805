"""Events as they are recorded, to any number of listeners, from any position (事件流).

Position order is commit order, so a listener that remembers its last position misses nothing and sees nothing twice.
A notification only wakes listeners; what they get is read from the log, and the log is looked at every second as well,
so that a lost notification costs a second and nothing else.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, suppress

import asyncpg
import structlog

from registry.events import Recorded
from registry.store.codec import EventMapper
from registry.store.ports import Connection
from registry.store.statements import statement
from registry.store.streams import recorded

_EVENTS_AFTER = statement("registry.store", "events_after")
_CHANNEL = "kexie_events"
_PAGE = 500

_log = structlog.get_logger(__name__)

Connections = Callable[[], AbstractAsyncContextManager[Connection]]


class Feed:
    """Follows the log."""

    def __init__(
        self,
        connect: Callable[[], Awaitable[Connection]],
        connections: Connections,
        mapper: EventMapper,
        poll_seconds: float = 1.0,
    ) -> None:
        """Listen over a connection of its own, which ``connect`` opens, and read over ``connections``."""
        self._connect = connect
        self._connections = connections
        self._mapper = mapper
        self._poll = poll_seconds
        self._woken = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None
        self._signal = asyncio.Event()

    async def start(self) -> None:
        """Begin to listen."""
        self._task = asyncio.create_task(self._listen(), name="feed")

    async def stop(self) -> None:
        """Listen no more; followers end."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def follow(self, after: int) -> AsyncIterator[Recorded]:
        """Yield every event after the position ``after``, those to come included, in order."""
        position = after
        while True:
            page = await self._page(position)
            for record in page:
                yield record
                position = record.position
            if len(page) < _PAGE:
                await self._wait()

    async def _page(self, after: int) -> list[Recorded]:
        async with self._connections() as connection:
            rows = await connection.fetch(_EVENTS_AFTER, after, _PAGE)
        return [recorded(self._mapper, row) for row in rows]

    async def _wait(self) -> None:
        """Wait until something was recorded, or for the time between two looks."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._poll), self._woken:
                await self._woken.wait()

    async def _listen(self) -> None:
        """Turn notifications into wake-ups; reconnect for as long as it takes."""
        while True:
            try:
                connection = await self._connect()
                try:
                    await connection.add_listener(_CHANNEL, self._notified)
                    while not connection.is_closed():
                        with suppress(TimeoutError):
                            async with asyncio.timeout(self._poll):
                                await self._signal.wait()
                        self._signal.clear()
                        async with self._woken:
                            self._woken.notify_all()
                finally:
                    connection.terminate()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                _log.warning("feed lost its connection", problem=str(error))
                await asyncio.sleep(self._poll)

    def _notified(self, *_: object) -> None:
        self._signal.set()
