"""Who bears which identifier: codes of the registry, credit codes, document numbers (标识)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from projections.cover import Cover
from projections.model import Column, ReadModel, Values
from registry.timeline import Entity, Span, State


def _extract(_state: object) -> Iterable[Values]:
    return ()


class IdentifierModel(ReadModel, frozen=True):
    """Shows what every noun itself declares to be unique among the living."""

    def extraction(self, entity: Entity) -> Callable[[State], Iterable[Values]]:
        """Return what the noun itself says its identifiers are."""
        return entity.noun.identifiers

    def _without(self, entity: Entity, rows: Sequence[Span[Values]]) -> Sequence[Span[Values]]:
        """Return those of ``rows`` that name nobody who was erased."""
        gone = [str(person) for person in entity.erased]
        return [row for row in rows if not any(person in row[2][1] for person in gone)]

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
