"""A closed loop of commands or requests: so many in flight, each followed at once by the next.

Python contenders import this module under whatever interpreter they need, so it uses nothing
but the standard library.
"""

from __future__ import annotations

import asyncio
import math
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Load:
    """How hard to press and for how long: what completes during the warm-up is not counted."""

    in_flight: int
    seconds: float
    warm_up: float

    @property
    def duration(self) -> float:
        """The whole time under load, in seconds."""
        return self.warm_up + self.seconds


@dataclass(frozen=True, order=True)
class Completion:
    """One command that was answered: when, on any one clock, and after how long, in seconds."""

    at: float
    latency: float


@dataclass(frozen=True)
class Result:
    """What completed within the measured window; latencies in seconds, one for each command."""

    commands: int
    seconds: float
    latencies: Sequence[float]

    def summary(self) -> dict[str, float]:
        """Return commands per second and the two percentiles, in milliseconds."""
        if self.commands == 0:
            raise ValueError(f"no command completed within {self.seconds} s")
        ordered = sorted(self.latencies)
        return {
            "throughput": self.commands / self.seconds,
            "p50": nearest_rank(ordered, 0.50) * 1000,
            "p99": nearest_rank(ordered, 0.99) * 1000,
        }


class Adapter(Protocol):
    """What a module under ``bench.append`` offers as ``run``, beside its ``DISTRIBUTIONS``."""

    async def __call__(self, url: str, load: Load) -> Result:
        """Prepare the database at ``url``, press it with ``load``, and say what completed."""
        ...


def window(completions: Sequence[Completion], started: float, load: Load) -> Result:
    """Keep what completed after the warm-up and before the end."""
    first, last = started + load.warm_up, started + load.duration
    latencies = [one.latency for one in completions if first < one.at <= last]
    return Result(commands=len(latencies), seconds=load.seconds, latencies=latencies)


async def press(command: Callable[[], Awaitable[object]], load: Load) -> Result:
    """Run asynchronous commands, ``load.in_flight`` at a time; the first failure ends it all."""
    completions: list[Completion] = []
    started = time.perf_counter()
    end = started + load.duration

    async def lane() -> None:
        before = time.perf_counter()
        while before < end:
            await command()
            after = time.perf_counter()
            completions.append(Completion(at=after, latency=after - before))
            before = after

    async with asyncio.TaskGroup() as lanes:
        for _ in range(load.in_flight):
            lanes.create_task(lane())
    return window(completions, started, load)


def press_threads(command: Callable[[], object], load: Load) -> Result:
    """Run blocking commands, one thread for each in flight; the first failure ends it all."""
    completions: list[Completion] = []
    failures: list[BaseException] = []
    gate = threading.Barrier(load.in_flight + 1)

    def lane() -> None:
        gate.wait()
        before = time.perf_counter()
        end = before + load.duration
        try:
            while before < end and not failures:
                command()
                after = time.perf_counter()
                completions.append(Completion(at=after, latency=after - before))
                before = after
        except BaseException as failure:  # noqa: BLE001 - raised again below, in the calling thread
            failures.append(failure)

    threads = [threading.Thread(target=lane) for _ in range(load.in_flight)]
    for thread in threads:
        thread.start()
    gate.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return window(completions, started, load)


def nearest_rank(ordered: Sequence[float], share: float) -> float:
    """Return the smallest of the ascending values that at least ``share`` of them do not exceed."""
    if not ordered:
        raise ValueError("no value, no percentile")
    if not 0 < share <= 1:
        raise ValueError(f"a share lies in (0, 1], not at {share}")
    return ordered[math.ceil(share * len(ordered)) - 1]
