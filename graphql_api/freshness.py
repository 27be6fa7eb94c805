"""How new what a request reads has to be (读取新鲜度), where copies of the database answer, too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from msgspec import Struct


class Needed(Struct):
    """What a request needs of whoever answers it: a position of the log, or the primary itself."""

    position: int = 0
    primary: bool = False


_NEEDED: ContextVar[Needed | None] = ContextVar("kexie_needed", default=None)


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


@contextmanager
def from_primary() -> Iterator[None]:
    """Read from the database that is written to, for as long as the context lasts."""
    token = _NEEDED.set(Needed(primary=True))
    try:
        yield
    finally:
        _NEEDED.reset(token)
