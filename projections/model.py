"""What a read model is: a pair of tables and how rows come out of a state (读模型).

``x`` holds what is believed now: one row for each period in which the same was so, with ``valid`` and
``recorded_from``. ``x_past`` holds closed beliefs: the same columns with ``recorded`` as a range. Rows are
never updated: a belief that changes is closed and another one opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from importlib import resources
from typing import Any

from msgspec import Struct

from projections.cover import Cover
from registry.store.rows import Column
from registry.timeline import Entity, spans

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

    def rows(self, entity: Entity) -> frozenset[tuple[date, date, Values]]:
        """Return ``(valid from, valid to, values)`` of every row the entity has, worked out once."""
        rows: frozenset[tuple[date, date, Values]] | None = entity.derived.get(self.name)
        if rows is None:
            rows = frozenset(spans(entity.timeline, self.extract))
            if self.personal and entity.erased:
                rows = self._without(entity, rows)
            entity.derived[self.name] = rows
        return rows

    def covered(self, values: Values, cover: Cover) -> Values:
        """Return the values of a row as the table holds them."""
        del cover
        return values

    def _without(
        self, entity: Entity, rows: frozenset[tuple[date, date, Values]]
    ) -> frozenset[tuple[date, date, Values]]:
        """Return those of ``rows`` that are of nobody who was erased."""
        if self.columns[0].name == self.personal:
            return frozenset() if entity.id in entity.erased else rows
        place = [column.name for column in self.columns[1:]].index(self.personal)
        return frozenset(row for row in rows if row[2][place] not in entity.erased)
