"""Logs of so many events: the first of the generated city, without projections (日志的前段)."""

from __future__ import annotations

from functools import partial

from bench.kept import KEY, Facts, Kept
from bench.reports.city import City
from bench.reports.log import write_first
from bench.reports.scale import Scale
from registry.nouns import EVENTS
from registry.store.codec import EventMapper
from registry.store.master import LocalMaster


def mapper() -> EventMapper:
    """Return what opens the events of the logs."""
    return EventMapper(EVENTS, LocalMaster([KEY]))


async def write(url: str, scale: Scale, events: int) -> int:
    """Record the first ``events`` of the city, sealed and hashed, and return how many there are.

    The city is the same on every machine; the keys of persons and nonces are not, and change no length.
    """
    return await write_first(url, mapper(), City(scale).streams(), events)


def kept_first(scale: Scale, events: int) -> Kept:
    """Return such a log as it is kept."""
    return Kept(f"first_{events}", partial(_written, scale=scale, events=events))


async def _written(url: str, scale: Scale, events: int) -> Facts:
    return {"events": await write(url, scale, events)}
