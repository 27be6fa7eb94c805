"""Which records are of a person for whom another one stands (合并). It holds whatever the day.

A read about people goes through this table: what a record says belongs to ``canonical``, which is never an
alias itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from projections.model import Column, ReadModel, Values
from registry.person.aliases import merged_into
from registry.time import FOREVER
from registry.timeline import Changed, Entity, Span


def _extract(_state: object) -> Iterable[Values]:
    return ()


class AliasModel(ReadModel, frozen=True):
    """Shows who is whom on the axis of knowledge alone: each row is valid always."""

    def rows(self, entity: Entity) -> Sequence[Span[Values]]:
        """Return the one row of an alias."""
        into = merged_into(entity)
        return () if into is None else ((date.min, FOREVER, (into,)),)

    def changed(self, before: Entity | None, after: Entity) -> Changed[Values]:
        """Return which rows are no more, and which are new: they do not follow from the states."""
        return Changed((), self.rows(after)) if before is None else self._compared(before, after)


MODEL = AliasModel(
    name="person_alias",
    nouns=frozenset({"person"}),
    keys=0,
    columns=(Column("alias", "uuid"), Column("canonical", "uuid")),
    extract=_extract,
)
