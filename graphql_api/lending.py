"""Connections lent for a moment and taken back as they are (连接出借): readers leave nothing behind to reset.

A pool of the driver starts a task, and waits for it, whenever it takes a connection back, and another one
where somebody would wait no longer than so long. That is a seventh of what a small question takes in this
process. So what came back well is kept at hand, and lent again without asking the pool.

A connection has its statements planned by the database for their parameters, each time, or once for all of
them. Most need the former; what is as well off with the latter is spared half of its time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import asyncpg

PLANNED_EACH_TIME, PLANNED_ONCE = "force_custom_plan", "force_generic_plan"

_PLAN = {
    False: f"SET plan_cache_mode = {PLANNED_EACH_TIME}",
    True: f"SET plan_cache_mode = {PLANNED_ONCE}",
}

_RESTING_SECONDS = 60.0
"""After so long all that are at hand go back to the pool, which closes what is idle for long, or worn out."""


class Lender:
    """Lends the connections of a pool, which nobody else asks for any (出借者)."""

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record], size: int) -> None:
        """Lend from ``pool``, which has ``size`` connections at most, and gives them planning each time."""
        self._pool = pool
        self._turns = asyncio.Semaphore(size)
        self._at_hand: dict[bool, list[Any]] = {False: [], True: []}
        self._resting: asyncio.TimerHandle | None = None
        self._returning: asyncio.Task[None] | None = None
        self._closing = False

    def acquire(self, *, timeout: float | None = None, once: bool = False) -> Loan:
        """Return a context that holds a connection, for which it waits ``timeout`` seconds at most.

        ``once`` says that statements are to be planned once for all parameters.
        """
        return Loan(self, timeout, once=once)

    async def fetch(self, query: str, *arguments: object) -> Sequence[asyncpg.Record]:
        """Return the rows of one statement."""
        async with self.acquire() as connection:
            rows: Sequence[asyncpg.Record] = await connection.fetch(query, *arguments)
            return rows

    async def take(self, seconds: float | None, *, once: bool) -> Any:  # noqa: ANN401 - the pool's proxy is no Connection by type
        """Return a connection that is free; raises TimeoutError after ``seconds``."""
        if self._turns.locked():
            async with asyncio.timeout(seconds):
                await self._turns.acquire()
        else:
            await self._turns.acquire()
        try:
            connection, planned_once = await self._free(seconds, once=once)
            if planned_once is not once:
                await self._plan(connection, once=once)
        except BaseException:
            self._turns.release()
            raise
        return connection

    async def _free(self, seconds: float | None, *, once: bool) -> tuple[Any, bool]:
        """Return a connection, one that plans as it should if there is one, and whether it plans once."""
        for at_hand in (once, not once):
            while self._at_hand[at_hand]:
                connection = self._at_hand[at_hand].pop()
                if not _is_gone(connection):
                    return connection, at_hand
                await self._pool.release(connection)
        return await self._pool.acquire(timeout=seconds), False

    async def _plan(self, connection: Any, *, once: bool) -> None:  # noqa: ANN401 - here, too, it is the pool's proxy
        try:
            await connection.execute(_PLAN[once])
        except BaseException:
            await self._pool.release(connection)
            raise

    async def give_back(self, connection: Any, *, once: bool, well: bool) -> None:  # noqa: ANN401 - here, too, it is the pool's proxy
        """Take ``connection`` back; unless all went ``well`` it is for the pool to see what became of it."""
        try:
            if not well or self._closing or _is_gone(connection) or connection.is_in_transaction():
                await self._pool.release(connection)
                return
            self._at_hand[once].append(connection)
            if self._resting is None:
                self._resting = asyncio.get_running_loop().call_later(_RESTING_SECONDS, self._rest)
        finally:
            self._turns.release()

    async def close(self) -> None:
        """Close all connections, once they are back."""
        self._closing = True
        await self._settle()
        await self._pool.close()

    def terminate(self) -> None:
        """Break off all connections."""
        self._closing = True
        self._stop_resting()
        for at_hand in self._at_hand.values():
            at_hand.clear()
        self._pool.terminate()

    def _rest(self) -> None:
        self._resting = None
        self._returning = asyncio.get_running_loop().create_task(self._return_all())

    async def _settle(self) -> None:
        self._stop_resting()
        if self._returning is not None:
            await asyncio.wait((self._returning,))
        await self._return_all()

    async def _return_all(self) -> None:
        for at_hand in self._at_hand.values():
            while at_hand:
                await self._pool.release(at_hand.pop())

    def _stop_resting(self) -> None:
        if self._resting is not None:
            self._resting.cancel()
            self._resting = None


def _is_gone(connection: Any) -> bool:  # noqa: ANN401 - here, too, it is the pool's proxy
    """Say whether a connection is closed: of one that was lost meanwhile the proxy says nothing more."""
    try:
        return bool(connection.is_closed())
    except asyncpg.InterfaceError:
        return True


class Loan:
    """A connection for as long as the context lasts (借用)."""

    __slots__ = ("_connection", "_lender", "_once", "_seconds")

    def __init__(self, lender: Lender, seconds: float | None, *, once: bool) -> None:
        """Borrow from ``lender``."""
        self._lender = lender
        self._once = once
        self._seconds = seconds
        self._connection: Any = None

    async def __aenter__(self) -> Any:  # noqa: ANN401 - the pool's proxy is no Connection by type
        """Take a connection."""
        self._connection = await self._lender.take(self._seconds, once=self._once)
        return self._connection

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Give it back."""
        await self._lender.give_back(self._connection, once=self._once, well=kind is None)
