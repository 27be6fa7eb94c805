"""When an entity exists, planned time included, dissolved time not (存续期). Children refer to this table."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from projections.model import Column, ReadModel, Values
from registry.timeline import Entity, State, living


def _extract(_state: object) -> Iterable[Values]:
    yield ()


class LifeModel(ReadModel, frozen=True):
    """The one read model that shows every noun: its rows are the entity's life itself."""

    def extraction(self, entity: Entity) -> Callable[[State], Iterable[Values]]:
        """Return what gives a row without values to each state in which the entity exists."""
        return living(entity.noun)


MODEL = LifeModel(
    name="life",
    nouns=frozenset(),
    keys=0,
    columns=(Column("id", "uuid"),),
    extract=_extract,
)
