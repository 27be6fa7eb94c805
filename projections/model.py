"""What a read model is: a pair of tables and how rows come out of a state (读模型).

``x`` holds what is believed now: one row for each period in which the same was so, with ``valid`` and
``recorded_from``. ``x_past`` holds closed beliefs: the same columns with ``recorded`` as a range. Rows are
never updated: a belief that changes is closed and another one opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from importlib import resources
from typing import Any

from msgspec import Struct

from projections.cover import Cover
from registry.store.rows import Column
from registry.timeline import Changed, Entity, Span, changed, spans

Values = tuple[Any, ...]

__all__ = ["Column", "ReadModel", "Values"]


class ReadModel(Struct, frozen=True, dict=True):
    """A read model ``name``, in the folder of that name.

    ``nouns``: whose streams it shows; empty for all. ``columns``: the one of the entity's id first, then as
    many as ``keys`` says which with the entity and a day identify a row, then the others. ``extract`` gives
    the values of all columns but the first for each row that a state has. ``points`` are the columns by which
    the entity points at others. ``personal`` is the column that says whose personal data a row holds, in
    tables that hold some: what is erased there are the rows of that person.
    """

    name: str
    nouns: frozenset[str]
    keys: int
    columns: tuple[Column, ...]
    extract: Callable[[Any], Iterable[Values]]
    points: tuple[str, ...] = ()
    personal: str = ""

    @cached_property
    def ddl(self) -> str:
        """The statements that create the two tables in the current schema."""
        return (resources.files("projections") / self.name / "table.sql").read_text(encoding="utf-8")

    def shows(self, entity: Entity) -> bool:
        """Say whether the entity's noun has rows here."""
        return not self.nouns or entity.noun.name in self.nouns

    def extraction(self, entity: Entity) -> Callable[[Any], Iterable[Values]]:
        """Return what gives the values of each row that a state of ``entity`` has; the same at each call."""
        del entity
        return self.extract

    def rows(self, entity: Entity) -> Sequence[Span[Values]]:
        """Return ``(valid from, valid to, values)`` of every row the entity has, worked out once."""
        rows = spans(entity.timeline, self.extraction(entity))
        return self._without(entity, rows) if entity.erased else rows

    def changed(self, before: Entity | None, after: Entity) -> Changed[Values]:
        """Return which rows are no more, and which are new."""
        if before is None:
            return Changed((), self._first(after))
        if after.erased:
            return self._compared(before, after)
        return changed(before.timeline, after.timeline, self.extraction(after))

    def _first(self, entity: Entity) -> Sequence[Span[Values]]:
        """Return the rows of what begins; nothing is kept to compare with where one state is all."""
        segments = entity.timeline.segments
        if len(segments) != 1 or entity.erased:
            return self.rows(entity)
        [(start, end, state)] = segments
        found = dict.fromkeys(self.extraction(entity)(state))
        return [(start, end, said) for said in found] if found else ()

    def _compared(self, before: Entity | None, after: Entity) -> Changed[Values]:
        """Return the same by looking at every row."""
        old, new = set(() if before is None else self.rows(before)), set(self.rows(after))
        return Changed(old - new, new - old)

    def covered(self, values: Values, cover: Cover) -> Values:
        """Return the values of a row as the table holds them."""
        del cover
        return values

    def _without(self, entity: Entity, rows: Sequence[Span[Values]]) -> Sequence[Span[Values]]:
        """Return those of ``rows`` that are of nobody who was erased."""
        if not self.personal:
            return rows
        if self.columns[0].name == self.personal:
            return () if entity.id in entity.erased else rows
        place = [column.name for column in self.columns[1:]].index(self.personal)
        return [row for row in rows if row[2][place] not in entity.erased]
