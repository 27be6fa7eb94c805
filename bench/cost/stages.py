"""Where the processor's time goes while commands are recorded, by stage (阶段占比).

The few functions at which a stage begins are wrapped from here, by name, for as long as it is measured:
nothing in the registry knows of it. A coroutine is timed while it runs and not while it waits, and what
belongs to a stage within another counts for the inner one alone. The clock is that of the thread's processor
time.
"""

from __future__ import annotations

import inspect
import pkgutil
import time
from collections import defaultdict
from collections.abc import Callable, Coroutine, Generator, Mapping
from contextlib import ExitStack
from functools import wraps
from typing import Any, Self
from unittest.mock import patch

TREE = "tree: leaves encoded and hashed"
SEALING = "sealing: keys made, data sealed"
ENCODING = "encoding: events, digests, answers"
PROJECTIONS = "projections: rows closed and begun"
COPY = "COPY and statements: rows handed to the driver"
DECIDING = "deciding: rules, and what they ask"
CYCLE = "queue, lock, begin and commit"
REST = "event loop, the driver's replies, whoever sends"

WHERE: Mapping[str, str] = {
    "registry.store.committer.Committer.record": CYCLE,
    "registry.store.committer.Committer._cycle": CYCLE,
    "registry.store.committer.digest": ENCODING,
    "registry.store.batch.recorded": ENCODING,
    "registry.store.batch.Batch.fetch": DECIDING,
    "registry.store.batch.Batch.decide": DECIDING,
    "registry.store.writer.sealed_body": ENCODING,
    "registry.store.writer.leaf_hash": TREE,
    "registry.store.writer.advanced": TREE,
    "registry.store.merkle.Tree.append": TREE,
    "registry.store.writer.insert": COPY,
    "registry.store.keyring.Keyring.load": SEALING,
    "registry.store.keyring.Keyring.make": SEALING,
    "registry.store.keyring.Keyring.seal": SEALING,
    "projections.inline.InlineProjections.close": PROJECTIONS,
}
"""The functions at which a stage begins."""


class Stages:
    """Times the stages of this thread while it is entered."""

    def __init__(self) -> None:
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._within: list[str] = []
        self._since = 0.0
        self._begun = 0.0
        self._whole = 0.0
        self._patches = ExitStack()

    def __enter__(self) -> Self:
        for target, stage in WHERE.items():
            self._patches.enter_context(patch(target, self._wrapped(pkgutil.resolve_name(target), stage)))
        self._begun = time.thread_time()
        return self

    def __exit__(self, *_: object) -> None:
        self._whole = time.thread_time() - self._begun
        self._patches.close()

    def shares(self) -> dict[str, float]:
        """Return the share of each stage in the thread's processor time, in percent."""
        found = {stage: 100 * self._seconds[stage] / self._whole for stage in dict.fromkeys(WHERE.values())}
        return {**found, REST: 100 - sum(found.values())}

    def _enter(self, stage: str) -> None:
        now = time.thread_time()
        if self._within:
            self._seconds[self._within[-1]] += now - self._since
        self._within.append(stage)
        self._since = now

    def _leave(self) -> None:
        now = time.thread_time()
        self._seconds[self._within.pop()] += now - self._since
        self._since = now

    def _wrapped(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        if inspect.iscoroutinefunction(function):

            @wraps(function)
            async def awaited(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it stands for
                return await _Stepped(self, stage, function(*given, **named))

            return awaited

        @wraps(function)
        def called(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it stands for
            self._enter(stage)
            try:
                return function(*given, **named)
            finally:
                self._leave()

        return called


class _Stepped:
    """A coroutine whose steps count for a stage, and whose waiting does not."""

    def __init__(self, stages: Stages, stage: str, coroutine: Coroutine[Any, Any, Any]) -> None:
        self._stages = stages
        self._stage = stage
        self._coroutine = coroutine

    def __await__(self) -> Generator[Any, Any, Any]:
        step: Callable[[], Any] = lambda: self._coroutine.send(None)  # noqa: E731 - replaced below by what is thrown
        while True:
            self._stages._enter(self._stage)  # noqa: SLF001 - they are of one module
            try:
                waited_for = step()
            except StopIteration as end:
                return end.value
            finally:
                self._stages._leave()  # noqa: SLF001 - they are of one module
            try:
                yield waited_for
            except BaseException as error:  # noqa: BLE001 - the coroutine's to handle
                thrown = error
                step = lambda: self._coroutine.throw(thrown)  # noqa: B023, E731 - called before the next
            else:
                step = lambda: self._coroutine.send(None)  # noqa: E731 - replaced by what is thrown, too
