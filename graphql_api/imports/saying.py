"""What a row says that the register does not believe: a new fact, or a fact said otherwise (变更). Pure.

The rule for every column is one. What is so on the row's day already says nothing new. What is not, and
became otherwise by an event of that very day, was said wrongly: that event is amended. What became so on
another day is followed by a new event on the row's day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from msgspec.structs import replace

from graphql_api.imports.cells import Day
from graphql_api.imports.identities import Look
from graphql_api.imports.rows import Row
from graphql_api.imports.wrong import Wrong, WrongError
from registry.commands import Command
from registry.correction.chain import content_of
from registry.correction.commands import AmendEvent
from registry.events import Event
from registry.time import Precision
from registry.timeline import Entity

NOBODY = UUID(int=0)
"""The id of commands until they are numbered, when the whole file is decided."""


Kinds = Mapping[type[Event], Mapping[str, Any]]
"""Kinds of event that may say a thing, and in which fields they would say it."""


class Intent(NamedTuple):
    """A command, and the column that asks for it (意图)."""

    column: str
    command: Command


class Said(NamedTuple):
    """An event of a stream as it reads now (事件现文)."""

    position: int
    event: Any


def stamp(row: Row, look: Look, day: Day | None = None) -> dict[str, Any]:
    """Return what every command of a row carries; raises WrongError for a document that is not there."""
    on = day or row.day
    number = row.get("instrument")
    instrument = None
    if number is not None:
        instrument = look.required("instrument", number, "instrument", on.on)
    return {
        "command_id": NOBODY,
        "actor": "",
        "effective_on": on.on,
        "precision": on.precision,
        "assumed": bool(row.get("assumed")),
        "instrument": instrument,
        "clause": row.get("clause"),
        "reason": row.get("reason"),
    }


def check_period(row: Row) -> None:
    """Refuse a row that ends before it begins."""
    if row.end is not None and row.end.on <= row.day.on:
        details = {"start": row.day.on, "end": row.end.on}
        raise WrongError(Wrong.ENDS_BEFORE_IT_BEGINS, "to", **details)


def event_of(entity: Entity, kinds: tuple[type[Event], ...], day: date | None = None) -> Said | None:
    """Return the last event of ``kinds`` that stands, of all or of those that take effect on ``day``."""
    for record in reversed(entity.records):
        if record.corrects is not None:
            continue
        content = content_of(entity.records, record.position)
        if isinstance(content, kinds) and day in (None, content.effective_on):
            return Said(record.position, content)
    return None


def event_at(entity: Entity, position: int) -> Said | None:
    """Return the event at ``position`` as it reads now."""
    content = content_of(entity.records, position)
    return None if content is None else Said(position, content)


class Changes:
    """What a row changes about an entity that is there (变更集)."""

    def __init__(self, entity: Entity, row: Row, look: Look) -> None:
        """Collect what ``row`` says of ``entity``."""
        self.entity = entity
        self._row = row
        self._stamp = stamp(row, look)
        self._amended: dict[int, tuple[str, Event]] = {}
        self._new: list[Intent] = []

    @property
    def stamp(self) -> dict[str, Any]:
        """What every command of the row carries."""
        return self._stamp

    def say(
        self,
        column: str,
        kinds: Kinds,
        otherwise: Command | None,
    ) -> None:
        """Let an event of ``kinds`` on the row's day read so, or else send the command.

        Without a command the event is amended whatever its day: nothing else could say it.
        """
        day = self._row.day.on if otherwise is not None else None
        said = event_of(self.entity, tuple(kinds), day)
        if said is not None:
            self.amend(column, said, **kinds[type(said.event)])
        elif otherwise is not None:
            self.send(column, otherwise)

    def amend(self, column: str, said: Said, **fields: Any) -> None:  # noqa: ANN401 - the event's own fields
        """Let an event read otherwise in ``fields``."""
        before = self._amended.get(said.position, (column, said.event))
        self._amended[said.position] = (before[0], replace(before[1], **fields))

    def move(self, column: str, said: Said, day: Day) -> None:
        """Let an event take effect on another day."""
        self.amend(column, said, effective_on=day.on, precision=day.precision)

    def send(self, column: str, command: Command) -> None:
        """Add a command."""
        self._new.append(Intent(column, command))

    def intents(self) -> list[Intent]:
        """Return everything, corrections first: what follows builds on them."""
        amendments = [
            Intent(
                column,
                AmendEvent(
                    **{**self._stamp, "effective_on": event.effective_on, "precision": Precision.DAY},
                    entity=self.entity.id,
                    position=position,
                    replacement=event,
                ),
            )
            for position, (column, event) in self._amended.items()
        ]
        return [*amendments, *self._new]
