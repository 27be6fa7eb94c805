"""Events as they are recorded, to any number of listeners, from any position (事件流).

Position order is commit order, so a listener that remembers its last position misses nothing and sees nothing
twice. A notification only wakes listeners; what they get is read from the log, and the log is looked at every
second as well, so that a lost notification costs a second and nothing else. A lost connection costs the time
until the next one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, aclosing, suppress

import asyncpg
import structlog

from registry.events import Recorded
from registry.statements import statement
from registry.store.codec import EventMapper
from registry.store.connection import LOST, TROUBLE, Connection
from registry.store.sealing import opened

_EVENTS_AFTER = statement("registry.store", "events_after")
_CHANNEL = "kexie_events"
_PAGE = 500
_LOST = (*LOST, asyncpg.InterfaceError)

_log = structlog.get_logger(__name__)

Connections = Callable[[], AbstractAsyncContextManager[Connection]]


async def watch(
    connect: Callable[[], Awaitable[Connection]], poll_seconds: float = 1.0
) -> AsyncGenerator[None, None]:
    """Yield whenever something may have been recorded: when told, and every ``poll_seconds``.

    The connection that listens is opened by ``connect``, and again for as long as it takes when it is lost.
    """
    told = asyncio.Event()
    while True:
        try:
            connection = await connect()
            try:
                await connection.add_listener(_CHANNEL, lambda *_: told.set())
                while not connection.is_closed():
                    yield
                    with suppress(TimeoutError):
                        async with asyncio.timeout(poll_seconds):
                            await told.wait()
                    told.clear()
            finally:
                connection.terminate()
        except TROUBLE as error:
            _log.warning("nobody listens for new events", problem=str(error))
            await asyncio.sleep(poll_seconds)
        yield


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
        self._changed = asyncio.Condition()
        self._changes = 0
        self._stopped = False
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to listen."""
        self._task = asyncio.create_task(self._listen(), name="feed")

    async def stop(self) -> None:
        """Listen no more; followers end."""
        self._stopped = True
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        await self._wake()

    async def follow(self, after: int) -> AsyncGenerator[Recorded, None]:
        """Yield every event after the position ``after`` in order, those to come included, until it stops."""
        position = after
        while not self._stopped:
            # Counted before the look: what is recorded after it must not wait for the next one.
            seen = self.changes
            page = await self._page(position)
            for record in page:
                yield record
                position = record.position
            if len(page) < _PAGE:
                await self.wait(seen)

    async def _page(self, after: int) -> list[Recorded]:
        """Return the next events, none while the database is out of reach: the next look will find them."""
        try:
            async with self._connections() as connection:
                rows = await connection.fetch(_EVENTS_AFTER, after, _PAGE)
                return await opened(connection, self._mapper, rows)
        except _LOST as error:
            _log.warning("the log is out of reach", problem=str(error))
            await asyncio.sleep(self._poll)
            return []

    @property
    def changes(self) -> int:
        """How many times something may have been recorded; to be counted before one looks."""
        return self._changes

    async def wait(self, seen: int) -> bool:
        """Wait until there were more than ``seen`` changes, or for the time between two looks.

        Return False when there will be none any more, because the feed stops.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(self._poll), self._changed:
                await self._changed.wait_for(lambda: self._stopped or self._changes != seen)
        return not self._stopped

    async def _listen(self) -> None:
        """Turn what is heard into wake-ups."""
        async with aclosing(watch(self._connect, self._poll)) as changes:
            async for _ in changes:
                await self._wake()

    async def _wake(self) -> None:
        async with self._changed:
            self._changes += 1
            self._changed.notify_all()
