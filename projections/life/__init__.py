"""When an entity exists, planned time included, dissolved time not (存续期). Children refer to this table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from projections.model import Column, ReadModel, Values
from registry.timeline import Entity


def _extract(_state: object) -> Iterable[Values]:
    yield ()


class LifeModel(ReadModel, frozen=True):
    """The one read model that shows every noun: its rows are the entity's life itself."""

    def rows(self, entity: Entity) -> frozenset[tuple[Any, Any, Values]]:
        """Return the entity's life as rows without values."""
        return frozenset((period.start, period.end, ()) for period in entity.life)


MODEL = LifeModel(
    name="life",
    nouns=frozenset(),
    keys=0,
    columns=(Column("id", "uuid"),),
    extract=_extract,
)
