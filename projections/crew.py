"""Processes that help to build a set of projections (重建帮手).

They need nobody to tell them what to do: what there is to do stands in the database. One that dies leaves its
task to the others; one whose master died goes on until there is nothing left to do.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from multiprocessing import get_context
from typing import NamedTuple

import asyncpg

from projections.building import SetDroppedError, work
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.connection import Connection, connect
from registry.store.master import Master

Opener = Callable[[Connection], Awaitable[Master | None]]
"""Opens the master key in another process: a function of a module, or a partial of one."""


class Crew(NamedTuple):
    """So many processes on the database at ``url``, which open personal data with what ``opener`` gives."""

    url: str
    opener: Opener
    hands: int = 1

    @asynccontextmanager
    async def working_on(self, name: str) -> AsyncIterator[None]:
        """Let them work on the set ``name`` meanwhile; at the end they are no more."""
        # A fresh interpreter: this one has threads and connections that no copy of it may touch.
        context = get_context("spawn")
        helpers = [
            context.Process(target=_help, args=(self.url, name, self.opener), daemon=True)
            for _ in range(self.hands)
        ]
        for helper in helpers:
            helper.start()
        try:
            yield
        finally:
            # What is done is committed, and what is not is somebody else's: nothing is lost with them.
            for helper in helpers:
                helper.kill()
                await asyncio.to_thread(helper.join)


def _help(url: str, name: str, opener: Opener) -> None:
    asyncio.run(_work(url, name, opener))


async def _work(url: str, name: str, opener: Opener) -> None:
    connection = await connect(url, name)
    try:
        await work(connection, EventMapper(EVENTS, await opener(connection)), name)
    except (SetDroppedError, asyncpg.QueryCanceledError):
        pass  # Whoever began it is told so, too.
    finally:
        await connection.close()
