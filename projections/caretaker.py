"""Drops sets of projections some time after they went out of use, in every server (投影清理)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress

import structlog

from projections.rebuild import drop_retired
from registry.store.connection import TROUBLE, Connection

_PAUSE_SECONDS = 60.0

_log = structlog.get_logger(__name__)


class Caretaker:
    """Looks every minute; of several processes, whoever comes first drops."""

    def __init__(self, lend: Callable[[], AbstractAsyncContextManager[Connection]]) -> None:
        """Look over connections that ``lend`` gives."""
        self._lend = lend
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to look."""
        self._task = asyncio.create_task(self._run(), name="caretaker")

    async def stop(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while True:
            try:
                async with self._lend() as connection:
                    dropped = await drop_retired(connection)
                if dropped:
                    _log.info("old projections dropped", names=dropped)
            except TROUBLE as error:
                _log.warning("old projections are still there", problem=str(error))
            await asyncio.sleep(_PAUSE_SECONDS)
