"""How many streams one caller may follow at a time, and how long one waits for whom (数据流限制)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct

from graphql_api.problems import Problem, problem


class Patience(Struct, frozen=True):
    """What those who follow something may take up; times are in seconds.

    ``alone`` says that all requests come to this very process.
    """

    streams_per_caller: int = 50
    sockets_per_address: int = 100
    operations_per_socket: int = 20
    init_seconds: float = 10.0
    slow_reader_seconds: float = 30.0
    keep_alive_seconds: float = 12.0
    position_seconds: float = 5.0
    alone: bool = True


class Streams:
    """Counts what callers follow."""

    def __init__(self, limit: int) -> None:
        """Allow each caller ``limit`` at a time."""
        self._limit = limit
        self._open: Counter[str] = Counter()

    def enter(self, caller: str) -> None:
        """Count one more; raises GraphQLError when there are too many. To be followed by :meth:`leave`."""
        if self._open[caller] >= self._limit:
            raise problem(Problem.TOO_MANY_STREAMS, limit=self._limit)
        self._open[caller] += 1

    def leave(self, caller: str) -> None:
        """Count one less."""
        self._open[caller] -= 1
        if not self._open[caller]:
            del self._open[caller]

    @contextmanager
    def one(self, caller: str) -> Iterator[None]:
        """Count one for as long as the context lasts; raises GraphQLError when there are too many."""
        self.enter(caller)
        try:
            yield
        finally:
            self.leave(caller)

    def __len__(self) -> int:
        """Return how many callers follow something."""
        return len(self._open)
