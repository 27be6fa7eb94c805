"""Who bears which identifier: codes of the registry, credit codes, document numbers (标识)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from projections.cover import Cover
from projections.model import Column, ReadModel, Values
from registry.timeline import Entity


def _extract(_state: object) -> Iterable[Values]:
    return ()


class IdentifierModel(ReadModel, frozen=True):
    """Shows what every noun itself declares to be unique among the living."""

    def rows(self, entity: Entity) -> frozenset[tuple[date, date, Values]]:
        """Return the entity's identifiers as rows, but those that name somebody who was erased."""
        if not entity.erased:
            return frozenset(entity.identifiers)
        gone = [str(person) for person in entity.erased]
        return frozenset(row for row in entity.identifiers if not any(person in row[2][1] for person in gone))

    def covered(self, values: Values, cover: Cover) -> Values:
        """Return the scheme, and the value unless it is private: then its hash."""
        scheme, value = values
        return (scheme, cover.value(scheme, value))


MODEL = IdentifierModel(
    name="identifier",
    nouns=frozenset(),
    keys=2,
    columns=(
        Column("entity", "uuid"),
        Column("scheme", "text"),
        Column("value", "text"),
    ),
    extract=_extract,
    personal="entity",
)
