"""The disciplines that people work in, by GB/T 13745 (学科)."""

from __future__ import annotations

from collections.abc import Iterable

from projections.model import Column, ReadModel, Values
from registry.person.state import Person


def _extract(state: Person) -> Iterable[Values]:
    for rank, discipline in enumerate(state.disciplines):
        yield (discipline, rank)


MODEL = ReadModel(
    name="person_discipline",
    nouns=frozenset({"person"}),
    keys=1,
    columns=(
        Column("person", "uuid"),
        Column("discipline", "text"),
        Column("rank", "integer"),
    ),
    extract=_extract,
    personal="person",
)
