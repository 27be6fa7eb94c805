"""What one caller may cost in a minute (查询配额): a bucket for each, which fills by itself."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from graphql import GraphQLError
from msgspec import Struct

from graphql_api.access import ANYBODY, Viewer
from graphql_api.attempts import site_of
from graphql_api.problems import WORDS, Problem, told

PER_MINUTE = 1_000_000_000
"""Values a caller may ask for in a minute unless another number is set."""

CALLERS = 10_000
"""Callers remembered; beyond them, the one longest silent is forgotten, whose bucket is the fullest."""

_MINUTE_SECONDS = 60.0


class BudgetSpentError(GraphQLError):
    """A caller has asked for more than may be asked for in a minute; ``retry_after`` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        """Say when to come again."""
        code = Problem.BUDGET_SPENT
        super().__init__(
            WORDS[code].english.format(seconds=retry_after), extensions=told(code, seconds=retry_after)
        )
        self.retry_after = retry_after


class _Bucket(Struct):
    """What is left of a caller's budget, and since when that is so."""

    left: float
    since: float


class Budget:
    """Counts what each caller costs.

    What a question costs is known only once it is planned, so one is let in while anything is left at all,
    and may take the caller below nothing, by what one question may cost at most. The next one waits until
    that is made up for.
    """

    def __init__(
        self,
        per_minute: int = PER_MINUTE,
        callers: int = CALLERS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Allow ``per_minute`` to each caller, at once or over the minute."""
        self._per_minute = per_minute
        self._callers = callers
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    @property
    def per_minute(self) -> int:
        """What each caller may cost in a minute."""
        return self._per_minute

    def check(self, caller: str) -> None:
        """Raise BudgetSpentError when ``caller`` has nothing left."""
        seconds = self.wait_seconds(caller)
        if seconds > 0:
            raise BudgetSpentError(max(1, math.ceil(seconds)))

    def wait_seconds(self, caller: str) -> float:
        """Return how long it takes until ``caller`` has something left again."""
        left = self._left(caller)
        return 0.0 if left > 0 else (1 - left) * _MINUTE_SECONDS / self._per_minute

    def charge(self, caller: str, cost: int) -> int:
        """Count ``cost`` and return what is left, which is never told as less than nothing."""
        bucket = _Bucket(self._left(caller) - cost, self._clock())
        self._buckets[caller] = bucket
        self._buckets.move_to_end(caller)
        if len(self._buckets) > self._callers:
            self._buckets.popitem(last=False)
        return max(0, int(bucket.left))

    def __len__(self) -> int:
        """Return how many callers are remembered."""
        return len(self._buckets)

    def _left(self, caller: str) -> float:
        bucket = self._buckets.get(caller)
        if bucket is None:
            return float(self._per_minute)
        filled = (self._clock() - bucket.since) * self._per_minute / _MINUTE_SECONDS
        return min(float(self._per_minute), bucket.left + filled)


def caller_of(viewer: Viewer, address: str) -> str:
    """Return under which name a caller is counted: its own, or where it comes from when it has none."""
    return f"address {site_of(address)}" if viewer is ANYBODY else f"name {viewer.name}"
