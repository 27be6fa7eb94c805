"""What an invariant is given: an entity before and after a command (变更). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from registry.references import Reference
from registry.time import Period, within
from registry.timeline import Entity, spans


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
    identifiers = change.after.noun.identifiers
    if spans(change.before.timeline, identifiers) is spans(change.after.timeline, identifiers):
        return []
    known: dict[tuple[str, str], list[Period]] = {}
    for start, end, pair in change.before.identifiers:
        known.setdefault(pair, []).append(Period(start, end))
    return [
        (start, end, pair)
        for start, end, pair in change.after.identifiers
        if not within(Period(start, end), tuple(known.get(pair, ())))
    ]


def other_references(before: Entity | None, after: Entity) -> Sequence[Reference]:
    """Return the references that are not the same in ``before``, in their order."""
    if before is None:
        return after.references
    old, new = before.references, after.references
    if old is new:
        return ()
    first = after.timeline.shared(after.noun.targets) if after.timeline.grew_from(before.timeline) else 0
    known = frozenset(old[first:])
    return [reference for reference in new[first:] if reference not in known]
