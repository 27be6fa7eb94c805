"""A flood of commands in a process of its own: ``python -m bench.overload.flood --url …``.

It sends ``times`` as many commands as may wait, as fast as it can make them, waits for every answer and
prints what it took as JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import secrets
import statistics
import sys
import time
from collections.abc import Sequence
from uuid import UUID

import structlog
import uvloop

from bench.append.ours import establish_parents, establishment, migrated, opened
from bench.machine import resident
from projections.filling import collecting_seldom
from registry.codes import Code
from registry.errors import Refusal
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.committer import DEFAULT_LIMITS, Committer
from registry.store.master import KEY_BYTES, LocalMaster

_AT_ONCE = 100
"""Commands that are sent before the committer has its turn."""

_MEGABYTE = 1_000_000


class Flood:
    """Sends commands and counts what became of them."""

    def __init__(self, committer: Committer, superiors: Sequence[UUID]) -> None:
        """Send to ``committer`` societies under ``superiors`` in turn."""
        self._committer = committer
        self._superiors = itertools.cycle(superiors)
        self._numbers = itertools.count(1)
        self.recorded = 0
        self.refused = 0
        self.refusals: list[float] = []
        """Seconds of the processor that a command took of each hundred that were all refused."""
        self.peak = 0
        """The most memory that the process held while it sent, in bytes."""

    async def send(self, count: int) -> None:
        """Send so many commands, whatever becomes of them, and wait for all answers."""
        waiting: set[asyncio.Task[None]] = set()
        while count > 0:
            some = min(count, _AT_ONCE)
            count -= some
            before, refused = time.thread_time(), self.refused
            for _ in range(some):
                task = asyncio.create_task(self._one())
                waiting.add(task)
                task.add_done_callback(waiting.discard)
            # All of them begin in this turn of the loop, and what is refused ends in it.
            await asyncio.sleep(0)
            if self.refused - refused == some:
                self.refusals.append((time.thread_time() - before) / some)
            self.peak = max(self.peak, resident(os.getpid()))
        while waiting:
            await asyncio.wait(waiting, timeout=0.05)
            self.peak = max(self.peak, resident(os.getpid()))

    async def _one(self) -> None:
        try:
            await self._committer.record(establishment(next(self._numbers), next(self._superiors)))
        except Refusal as refusal:
            if refusal.code is not Code.BUSY:
                raise
            self.refused += 1
        else:
            self.recorded += 1


async def run(url: str, queue: int, times: int) -> dict[str, float]:
    """Flood a committer of an empty database, after as many commands as it takes to be warm."""
    mapper = EventMapper(EVENTS, LocalMaster([secrets.token_bytes(KEY_BYTES)]))
    projections = await migrated(url, mapper)
    async with opened(url, mapper, projections, DEFAULT_LIMITS._replace(queue=queue)) as committer:
        flood = Flood(committer, await establish_parents(committer))
        with collecting_seldom():
            await flood.send(min(queue, DEFAULT_LIMITS.batch))
            warm = flood.recorded
            before = flood.peak = resident(os.getpid())
            started = time.perf_counter()
            await flood.send(times * queue)
            seconds = time.perf_counter() - started
    return {
        "memory": (flood.peak - before) / _MEGABYTE,
        "before": before / _MEGABYTE,
        "recorded": flood.recorded - warm,
        "refused": flood.refused,
        "refusal": 1e6 * statistics.median(flood.refusals or [0.0]),
        "seconds": seconds,
    }


def main() -> None:
    """Send the flood and print what it took."""
    parser = argparse.ArgumentParser(prog="bench.overload.flood")
    parser.add_argument("--url", required=True, help="an empty database")
    parser.add_argument("--queue", type=int, required=True, help="how many commands may wait")
    parser.add_argument("--times", type=int, required=True, help="as many times as many are sent")
    arguments = parser.parse_args()
    # Standard output is for the result.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    json.dump(uvloop.run(run(arguments.url, arguments.queue, arguments.times)), sys.stdout)


if __name__ == "__main__":
    main()
