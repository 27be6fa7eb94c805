"""A set of projections brought from one position of the log to a later one (追赶).

What was recorded meanwhile is written as commits write it: command after command, each closing and opening
beliefs. A page ends where a command does, so that what must hold between entities holds at its end.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from projections.filling import Filler, collecting_seldom, effects_of
from registry.consistency import Change
from registry.statements import statement
from registry.store.codec import EventMapper
from registry.store.connection import Connection
from registry.store.ports import Effect
from registry.store.sealing import opened

PAGE = 1_000
"""Events taken in at a time, or as many more as the last command has."""

_PAGE_END = statement("projections", "page_end")
_EVENTS = statement("projections", "events_until")
_CAUGHT_UP = statement("projections", "build_caught_up")


async def advance(connection: Connection, mapper: EventMapper, name: str, position: int) -> int:
    """Take the events after ``position`` into the set ``name``, a page of them; return where it is then.

    The set is as of ``position``, its schema comes first on the search path, and the caller is in a
    transaction.
    """
    end: int | None = await connection.fetchval(_PAGE_END, position, PAGE)
    if end is None or end <= position:
        return position
    rows = await connection.fetch(_EVENTS, position, end)
    with collecting_seldom():
        records = await opened(connection, mapper, rows)
        streams = groupby(records, key=attrgetter("originator_id"))
        effects = (effect for _, stream in streams for effect in effects_of(list(stream), position))
        filler = await Filler.of(connection, mapper, name)
        await filler.write(_by_command(effects))
    await connection.execute(_CAUGHT_UP, name, end)
    return end


def _by_command(effects: Iterable[Effect]) -> list[Effect]:
    """Put together what each command did to all the entities that it touched, in the commands' order."""
    changes: dict[datetime, list[Change]] = {}
    for recorded_at, changed in effects:
        changes.setdefault(recorded_at, []).extend(changed)
    return [Effect(recorded_at, changes[recorded_at]) for recorded_at in sorted(changes)]
