"""What an invariant is given: an entity before and after a command (变更). Pure."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from registry.time import Period, within
from registry.timeline import Entity


class Change(Protocol):
    """An entity before and after a command; None when it did not exist."""

    @property
    def before(self) -> Entity | None:
        """The entity as it was."""
        ...

    @property
    def after(self) -> Entity:
        """The entity as it would be."""
        ...


def fresh_identifiers(change: Change) -> list[tuple[date, date, tuple[str, str]]]:
    """Return what the entity bears on days on which it did not, and when."""
    if change.before is None:
        return list(change.after.identifiers)
    known: dict[tuple[str, str], list[Period]] = {}
    for start, end, pair in change.before.identifiers:
        known.setdefault(pair, []).append(Period(start, end))
    return [
        (start, end, pair)
        for start, end, pair in change.after.identifiers
        if not within(Period(start, end), tuple(known.get(pair, ())))
    ]
