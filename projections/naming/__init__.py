"""By which names everything is found, period by period (名称索引)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from projections.grams import indexed
from projections.model import Column, ReadModel, Values
from projections.naming.names import NAMES
from registry.timeline import Entity, State, spans


def _extract(_state: object) -> Iterable[Values]:
    return ()


class NamingModel(ReadModel, frozen=True):
    """Shows the names of every noun that says what its names are."""

    def rows(self, entity: Entity) -> frozenset[tuple[date, date, Values]]:
        """Return the entity's names as rows, worked out once: a name is there as long as it is borne."""
        rows: frozenset[tuple[date, date, Values]] | None = entity.derived.get(self.name)
        if rows is None:
            noun = entity.noun.name
            named = NAMES[noun]

            def borne(state: State) -> list[tuple[str, str]]:
                return [(role, name) for role, name in named(state) if name is not None]

            rows = frozenset(
                (start, end, (role, name, noun, *indexed(name)))
                for start, end, (role, name) in spans(entity.timeline, borne)
            )
            entity.derived[self.name] = rows
        return rows


MODEL = NamingModel(
    name="naming",
    nouns=frozenset(NAMES),
    keys=2,
    columns=(
        Column("entity", "uuid"),
        Column("role", "text"),
        Column("name", "text"),
        Column("noun", "text"),
        Column("folded", "text"),
        Column("letters", "text"),
        Column("initials", "text"),
        Column("grams", "text"),
    ),
    extract=_extract,
    personal="entity",
)
