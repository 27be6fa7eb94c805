"""Work sent so many units at a time, a given number of them, beside the clock of the processor (计数施压)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from bench.harness import Sample
from bench.load import Result

_WARM_UP = 10
"""One of so many is sent before what is measured."""


async def press_count(
    send: Callable[[], Awaitable[object]], count: int, in_flight: int, warm_up: int = 0
) -> Sample:
    """Send ``count`` units, ``in_flight`` at a time, after some that do not count; return what they took.

    ``warm_up`` is how many do not count at least. The number is given and not the time where what is sent is
    used up by it. ``processor`` is microseconds of this process for each unit, without those of the database.
    """
    await _send(send, max(count // _WARM_UP, warm_up, 1), in_flight)
    processor, started = time.process_time(), time.perf_counter()
    latencies = await _send(send, count, in_flight)
    seconds = time.perf_counter() - started
    spent = time.process_time() - processor
    summary = Result(commands=count, seconds=seconds, latencies=latencies).summary()
    return {**summary, "processor": 1e6 * spent / count}


async def _send(send: Callable[[], Awaitable[object]], count: int, in_flight: int) -> list[float]:
    """Send so many units and return how long each took; the first failure ends it all."""
    left = count
    latencies: list[float] = []

    async def lane() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            before = time.perf_counter()
            await send()
            latencies.append(time.perf_counter() - before)

    async with asyncio.TaskGroup() as lanes:
        for _ in range(min(in_flight, count)):
            lanes.create_task(lane())
    return latencies
