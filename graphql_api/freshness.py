"""How new what a request reads has to be (读取新鲜度), where copies of the database answer, too."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from graphql import GraphQLError
from msgspec import Struct

from graphql_api.problems import WORDS, Problem, told

_T = TypeVar("_T")


class Needed(Struct):
    """What a request needs of whoever answers it: a position of the log, or the primary itself.

    ``written`` is how far it has come by what it recorded itself, 0 if it recorded nothing.
    """

    position: int = 0
    primary: bool = False
    written: int = 0


_NEEDED: ContextVar[Needed | None] = ContextVar("kexie_needed", default=None)


class CutOffError(GraphQLError):
    """A copy ended a snapshot in the middle: the primary may give it whole. Who cannot ask it tells this."""

    def __init__(self) -> None:
        """Say what whoever asks is told if it comes to that."""
        code = Problem.UNAVAILABLE
        super().__init__(WORDS[code].english, extensions=told(code))


def begin(position: int = 0) -> None:
    """Let the rest of this request, and whatever it starts, see the log up to ``position`` at least."""
    _NEEDED.set(Needed(position))


def needed() -> Needed:
    """Return what the request under way needs; outside of requests, nothing that is kept."""
    return _NEEDED.get() or Needed()


def seen(position: int) -> None:
    """Let what the request under way reads next be no older than what it has just read."""
    found = _NEEDED.get()
    if found is not None:
        found.position = max(found.position, position)


def wrote(position: int | None) -> None:
    """Note up to where the request under way has recorded; None for nothing."""
    found = _NEEDED.get()
    if found is not None and position is not None:
        found.written = max(found.written, position)
        seen(position)


def look_anew() -> None:
    """Let a copy be asked again by a request that goes on and on: why it was not asked may be long past."""
    needed().primary = False


@contextmanager
def from_primary() -> Iterator[None]:
    """Read from the database that is written to, for as long as the context lasts."""
    token = _NEEDED.set(Needed(primary=True))
    try:
        yield
    finally:
        _NEEDED.reset(token)


async def unbroken(work: Callable[[], Awaitable[_T]]) -> _T:
    """Return what ``work`` comes to, which is done anew over the primary when a copy cuts it off."""
    try:
        return await work()
    except CutOffError:
        with from_primary():
            return await work()
