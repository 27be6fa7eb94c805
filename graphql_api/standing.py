"""How far a streaming replica has come, looked at all the time (副本进度).

A replica's own clock and its replay timestamps say nothing while nothing is written, or while it is cut off.
So the primary is asked first how far its write-ahead log has come, then the replica whether it has replayed
that: if so, it has everything that was committed before the first of the two moments. A replica for which
that moment lies further back than the bound is not asked.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import structlog

from registry.statements import statement
from registry.store.connection import TROUBLE, Connection

_PRIMARY = statement("graphql_api", "primary_standing")
_REPLICA = statement("graphql_api", "replica_standing")

LOOK_SECONDS = 0.1
"""Time between two looks when nobody waits."""

_HURRIED_SECONDS = 0.01
"""Time between two looks when somebody waits for a position."""

_AWAY_SECONDS = 2.0
"""How long a look may take; then the replica, or the primary, is out of reach."""

Connect = Callable[[], Awaitable[Connection]]

_log = structlog.get_logger(__name__)


class Standing:
    """Follows how far a replica has come (副本状态)."""

    def __init__(self, primary: Connect, replica: Connect, lag_seconds: float) -> None:
        """Look over connections of its own; a replica is asked that is ``lag_seconds`` behind at most."""
        self._primary = primary
        self._replica = replica
        self._lag = lag_seconds
        self._level_at = float("-inf")
        self._position = -1
        self._trouble: str | None = "it has not been looked at yet"
        self._told: str | None = None
        self._waiting = 0
        self._looked = asyncio.Condition()
        self._hurry = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Look once, and then again and again."""
        self._task = asyncio.create_task(self._follow(), name="replica")
        async with self._looked:
            await self._looked.wait()

    async def stop(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def looked(self) -> str | None:
        """Return why the replica would not be asked, once it had its time to be level; None if it would."""
        await self.start()
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._lag), self._looked:
                    await self._looked.wait_for(lambda: self.problem is None)
            return self.problem
        finally:
            await self.stop()

    @property
    def problem(self) -> str | None:
        """Why the replica is not asked; None when it is."""
        if self._trouble is not None:
            return f"the replica is not asked: {self._trouble}"
        if time.monotonic() - self._level_at > self._lag:
            return f"the replica is not asked: it is more than {self._lag:g} seconds behind"
        return None

    async def holds(self, position: int, seconds: float) -> bool:
        """Say whether the replica may be asked for what holds ``position``; wait ``seconds`` at most."""
        if self.problem is not None or self._position >= position:
            return self.problem is None
        self._waiting += 1
        self._hurry.set()
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds), self._looked:
                    await self._looked.wait_for(lambda: self._position >= position or self.problem)
        finally:
            self._waiting -= 1
        return self._position >= position and self.problem is None

    async def _follow(self) -> None:
        while True:
            try:
                async with self._both() as (primary, replica):
                    while True:
                        await self._look(primary, replica)
                        await self._pause()
            except (*TROUBLE, TimeoutError) as error:
                await self._found(str(error) or type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    @asynccontextmanager
    async def _both(self) -> AsyncIterator[tuple[Connection, Connection]]:
        """Give a connection to each for as long as both live."""
        opened: list[Connection] = []
        try:
            async with asyncio.timeout(_AWAY_SECONDS):
                opened.append(await self._primary())
                opened.append(await self._replica())
            yield opened[0], opened[1]
        finally:
            for connection in opened:
                connection.terminate()

    async def _look(self, primary: Connection, replica: Connection) -> None:
        async with asyncio.timeout(_AWAY_SECONDS):
            at = time.monotonic()
            ahead = await primary.fetchrow(_PRIMARY)
            assert ahead is not None
            row = await replica.fetchrow(_REPLICA, *ahead)
        if row is None or not row["is_copy"]:
            await self._found("its address is not that of a standby of the primary")
            return
        self._position = row["position"]
        if row["is_level"]:
            self._level_at = at
        await self._found(None)

    async def _found(self, trouble: str | None) -> None:
        """Note what a look came to, and tell the log when that is not what the last one came to."""
        async with self._looked:
            self._trouble = trouble
            self._looked.notify_all()
        told = self.problem
        if told != self._told:
            self._told = told
            if told is None:
                _log.info("the replica answers questions", position=self._position)
            else:
                _log.warning("questions are answered by the primary", problem=told)

    async def _pause(self) -> None:
        if self._waiting:
            await asyncio.sleep(_HURRIED_SECONDS)
            return
        self._hurry.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_SECONDS):
                await self._hurry.wait()
