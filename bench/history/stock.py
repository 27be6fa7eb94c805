"""What the stock recorder of the eventsourcing library is given beside work with a past (对照)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from uuid import uuid4

from eventsourcing.persistence import IntegrityError, StoredEvent

from bench.append.eventsourcing_recorder import DISTRIBUTIONS, Recorder, press_recorder, stored
from bench.history.register import EVENTS, MEMBERS
from bench.history.work import REFUSED_IN
from bench.load import Load, Result

__all__ = ["DISTRIBUTIONS", "many", "old", "refused"]

_STREAMS = 400


async def old(url: str, load: Load) -> Result:
    """Record one more event of streams that have a history."""
    return press_recorder(url, load, _old)


async def many(url: str, load: Load) -> Result:
    """Record, in one transaction, an event of each of so many streams as a dissolution has."""
    return press_recorder(url, load, lambda recorder: lambda: recorder.insert_events(_one_each()))


async def refused(url: str, load: Load) -> Result:
    """Record events, one in so many of a version that is there already, which is refused."""
    return press_recorder(url, load, _refused)


def _old(recorder: Recorder) -> Callable[[], object]:
    streams = [uuid4() for _ in range(_STREAMS)]
    for stream in streams:
        recorder.insert_events([stored(stream, version) for version in range(1, EVENTS + 1)])
    turns = itertools.count()

    def record() -> None:
        # Of the streams one after another, so that no version is given out twice.
        round_, number = divmod(next(turns), _STREAMS)
        recorder.insert_events([stored(streams[number], EVENTS + 1 + round_)])

    return record


def _one_each() -> list[StoredEvent]:
    return [stored(uuid4(), 1) for _ in range(MEMBERS + 1)]


def _refused(recorder: Recorder) -> Callable[[], object]:
    first = stored(uuid4(), 1)
    recorder.insert_events([first])
    turns = itertools.count(1)

    def record() -> None:
        if next(turns) % REFUSED_IN:
            recorder.insert_events([stored(uuid4(), 1)])
            return
        try:
            recorder.insert_events([first])
        except IntegrityError:
            return
        message = "a version was recorded twice"
        raise AssertionError(message)

    return record
