"""The professional titles that people bear (职称)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.person.state import Person


def _extract(state: Person) -> Iterable[Values]:
    for title in state.titles:
        yield (title.name, title.level, title.position)


MODEL = ReadModel(
    name="professional_title",
    nouns=frozenset({"person"}),
    keys=1,
    columns=(
        Column("person", "uuid"),
        Column("name", "text"),
        Column("level", "text"),
        Column("position", "bigint"),
    ),
    extract=_extract,
    personal="person",
)
